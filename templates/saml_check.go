package templates

import (
	"fmt"
	"time"

	"github.com/fedstone/fedstone/internal/saml"
	"github.com/fedstone/fedstone/internal/spec"
)

// checkSAML finds what the identity providers' own documents show.
func (j *job) checkSAML() {
	for _, idp := range j.saml.IdentityProviders {
		j.checkDashboard(idp)
		j.checkIdP(idp, j.in.SAML[idp.ID.Value].IdP)
		j.checkSession(idp)
	}
}

func (j *job) checkIdP(idp spec.IdentityProvider, doc *saml.IdP) {
	at, who := idp.SAML.Metadata.At, fmt.Sprintf("the metadata of %q", idp.ID.Value)
	switch {
	case doc.At(saml.Redirect) == "":
		j.find("saml-metadata", at, who+" names no SingleSignOnService for the HTTP-Redirect binding: no browser could be sent there", "ask its owner for metadata that does")
	case doc.At(saml.SOAP) == "":
		j.warn("saml-ecp", at, who+" names no SingleSignOnService for the SOAP binding: programs cannot log in by ECP", "have its owner switch ECP on")
	}
	j.checkSigning(idp, doc)
	if end := doc.ValidUntil; !end.IsZero() && end.Before(j.in.Now) {
		j.find("saml-expired", at, fmt.Sprintf("%s was valid until %s", who, end.Format(time.DateOnly)), "fetch it anew")
	}
}

// checkSigning: a certificate stands for its key, and mod_auth_mellon does not look at its dates. Others
// do, and who renews one makes a new key.
func (j *job) checkSigning(idp spec.IdentityProvider, doc *saml.IdP) {
	at := idp.SAML.Metadata.At
	if len(doc.Signing) == 0 {
		j.find("saml-metadata", at, fmt.Sprintf("the metadata of %q has no certificate for signing: no assertion could be verified", idp.ID.Value), "ask its owner for metadata that does")
	}
	for _, c := range doc.Signing {
		if c.NotAfter.Before(j.in.Now) {
			j.warn("saml-expired", at, fmt.Sprintf("a signing certificate in the metadata of %q ended on %s", idp.ID.Value, c.NotAfter.Format(time.DateOnly)), "ask its owner whether the key is another by now, and fetch the metadata anew")
		}
	}
}

// checkSession tells of what a SAML session cannot do.
func (j *job) checkSession(idp spec.IdentityProvider) {
	if len(j.fed.Controllers) > 1 {
		j.warn("saml-sessions", idp.SAML.At, fmt.Sprintf("%q: %s, and there are %d controllers", idp.ID.Value, whereSessionsAre(idp), len(j.fed.Controllers)),
			"have the load balancer send one client to one controller, for "+spec.EndpointsPath+" and the paths of OS-FEDERATION")
	}
	if j.logsOut() {
		j.warn("logout-issuer", idp.SAML.At, fmt.Sprintf("browser.logout is everywhere, but the session at the identity provider %q goes on: it speaks SAML, and is not told", idp.ID.Value), "have people close the browser")
	}
}

func whereSessionsAre(idp spec.IdentityProvider) string {
	if idp.ByShibboleth() {
		return "shibd keeps sessions in its memory, on one controller"
	}
	return "mod_auth_mellon keeps sessions in the memory of one httpd"
}
