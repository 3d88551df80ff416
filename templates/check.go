package templates

import (
	"errors"
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/secret"
	"github.com/fedstone/fedstone/internal/spec"
)

// check finds what only the whole description shows.
func (j *job) check() {
	j.checkOperator()
	j.checkListen()
	j.checkKolla()
	j.checkSAML()
	ids := make(map[string]string, len(j.openID.IdentityProviders))
	for i, idp := range j.openID.IdentityProviders {
		name, err := MetadataName(idp.Issuer.Value)
		if err != nil {
			j.find("metadata-name", idp.Issuer.At, err.Error(), "")
			continue
		}
		j.names[i] = name
		// Compared without case: a file system may not tell the two apart.
		folded := strings.ToLower(name)
		if first, twin := ids[folded]; twin {
			j.find("metadata-name", idp.Issuer.At, fmt.Sprintf("issuer has the same metadata file name (%s) as that of %q", name, first),
				"one issuer can be one identity provider only")
		}
		ids[folded] = idp.ID.Value
		j.checkDashboard(idp)
		j.checkLogout(idp)
	}
}

// checkDashboard keeps ids apart from the word that Horizon uses itself.
func (j *job) checkDashboard(idp spec.IdentityProvider) {
	if idp.ID.Value == passwordChoice && len(j.fed.Keystone.Dashboards) > 0 {
		j.find("id-taken", idp.ID.At, fmt.Sprintf("Horizon uses %q for the login with a password", passwordChoice), "give the identity provider another id")
	}
}

// checkLogout tells of an issuer whose own session does not end with the others.
func (j *job) checkLogout(idp spec.IdentityProvider) {
	if j.logsOut() && j.in.Documents[idp.ID.Value].EndSessionEndpoint == "" {
		j.findings = append(j.findings, finding.Finding{Slug: "logout-issuer", Severity: finding.Warning, At: idp.Issuer.At,
			Message: fmt.Sprintf("browser.logout is everywhere, but the issuer of %q announces no end_session_endpoint: its own session goes on, and logs in whoever comes next", idp.ID.Value),
			Hint:    "switch RP-initiated logout on at the issuer, or have people close the browser"})
	}
}

func (j *job) find(slug string, at finding.Range, message, hint string) {
	j.findings = append(j.findings, finding.Finding{Slug: slug, Severity: finding.Error, At: at, Message: message, Hint: hint})
}

// usable refuses values that mod_auth_openidc takes for a command to run.
func usable(what string, v secret.Value) error {
	switch text := v.Reveal(); {
	case text == "":
		return fmt.Errorf("%s: the secret is empty", what)
	case strings.HasPrefix(text, "exec:"):
		return errors.New(what + ": the secret begins with exec:, which mod_auth_openidc would run as a program; choose another")
	}
	return nil
}
