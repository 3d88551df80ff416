package templates

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/url"
	"strings"

	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/pattern"
	"github.com/fedstone/fedstone/internal/platform"
	"github.com/fedstone/fedstone/internal/spec"
)

// provider is one identity provider's values for its sections. Providers of one
// shape share their sheets.
type provider struct {
	slots *slots
	shape string
}

func (j *job) provider(s *slots, i int) provider {
	idp := j.openID.IdentityProviders[i]
	doc := j.in.Documents[idp.ID.Value]
	j.sharedSlots(s)
	j.pathSlots(s, idp)
	s.one("Issuer", idp.Issuer.Value)
	s.one("IsIssuer", claimIs(idp.Issuer.Value))
	s.one("IssuerEscaped", platform.Escape(idp.Issuer.Value))
	s.one("JWKSURI", doc.JWKSURI)
	s.one("Passphrase", j.derived("gate "+idp.ID.Value))
	return provider{s, bearerSlots(s, idp, doc) + pinSlots(s, idp) + j.introspectionSlots(s, idp, doc)}
}

// authPath is where Keystone takes a provider's bearer tokens.
func authPath(idp spec.IdentityProvider) string {
	return "/v3/OS-FEDERATION/identity_providers/" + idp.ID.Value + "/protocols/" + idp.Protocol.Value + "/auth"
}

// websso is where browsers log in at a provider.
func websso(idp spec.IdentityProvider) string {
	return "/v3/auth/OS-FEDERATION/identity_providers/" + idp.ID.Value + "/protocols/" + idp.Protocol.Value + "/websso"
}

func (j *job) pathSlots(s *slots, idp spec.IdentityProvider) {
	auth := authPath(idp)
	s.one("AuthPath", auth)
	s.one("WebssoPath", websso(idp))
	s.one("GateURL", fmt.Sprintf("http://127.0.0.1:%d%s", j.fed.HTTPD.GatePort.Value, auth))
	s.one("GateName", gateName(idp.ID.Value))
	s.one("CacheName", idp.ID.Value)
	s.one("RedirectURI", j.redirectURI())
}

// introspectionSlots says how the issuer is asked about tokens, and gives the
// shape that follows.
func (j *job) introspectionSlots(s *slots, idp spec.IdentityProvider, doc *oidc.Document) string {
	how := idp.Bearer.Introspection
	s.fact("Introspects", asked(idp))
	s.fact("WarnsOfTokens", warnsOfTokens(j.platform.Module))
	s.one("IntrospectionURL", introspectionURL(idp, doc))
	s.one("IntrospectionAuth", introspectionAuth(doc))
	s.one("IntrospectionID", how.Client.ID.Value)
	s.one("IntrospectionSecret", j.askers[idp.ID.Value])
	interval := how.Interval.Value
	if interval == 0 {
		interval = neverKept
	}
	s.one("IntrospectionInterval", fmt.Sprint(interval))
	return fmt.Sprint(asked(idp))
}

// neverKept is the module's word for an answer that counts for one request
// (OIDCOAuthTokenIntrospectionInterval).
const neverKept = -1

// bearerSlots says whose tokens pass, and gives the shape that follows.
func bearerSlots(s *slots, idp spec.IdentityProvider, doc *oidc.Document) string {
	b, kind := idp.Bearer, vendor(doc)
	token := cmp.Or(b.Token.Value, "access")
	clients := plainTexts(b.Clients)
	access, id := token != "id", token != "access"
	audiences := clients
	if access {
		audiences = []string{b.Audience.Value}
	}
	if access && id {
		audiences = unique(append(audiences, clients...))
	}
	s.fact("TakesAccess", access)
	s.fact("TakesID", id)
	s.fact("IDNamesClient", kind.idNamesClient)
	s.one("Audience", b.Audience.Value)
	s.many("Clients", clients)
	s.one("IsAudience", claimIs(b.Audience.Value))
	s.one("ClientClaim", cmp.Or(b.ClientClaim.Value, kind.clientClaim))
	s.many("IsClient", claimsAre(clients))
	if idp.Without.Audience.Given() || id && idp.Without.Client.Given() {
		audiences = nil
	}
	s.many("TokenAudiences", audiences)
	return fmt.Sprint(token, len(clients), len(audiences), kind.idNamesClient)
}

// vendorFacts tell how an issuer names the client that a token was issued to.
type vendorFacts struct {
	clientClaim   string
	idNamesClient bool // ID tokens carry clientClaim as well
}

// vendor knows providers by their endpoints. RFC 9068 (client_id) is for all
// others.
func vendor(doc *oidc.Document) vendorFacts {
	u, err := url.Parse(doc.TokenEndpoint)
	switch {
	case err != nil:
	case strings.HasSuffix(u.Path, "/protocol/openid-connect/token"): // Keycloak, RH-SSO
		return vendorFacts{"azp", true}
	case strings.HasPrefix(doc.Issuer, "https://accounts.google.com"):
		return vendorFacts{"azp", true}
	case u.Hostname() == "login.microsoftonline.com" && strings.Contains(u.Path, "/v2.0/"): // Entra, access tokens of version 2
		return vendorFacts{"azp", false}
	}
	return vendorFacts{"client_id", false}
}

var hostLabel = pattern.Lazy(`^[a-z0-9]+(-+[a-z0-9]+)*$`)

// gateName is the host name of a provider's inner vhost, below a top-level
// domain that exists nowhere (RFC 6761). Ids that make no host name are hashed.
func gateName(id string) string {
	if hostLabel().MatchString(id) && len(id) < 64 {
		return id + ".gate.invalid"
	}
	sum := sha256.Sum256([]byte(id))
	return hex.EncodeToString(sum[:16]) + ".hashed.gate.invalid"
}

func plainTexts(list []spec.Text) []string {
	out := make([]string, 0, len(list))
	for _, t := range list {
		out = append(out, t.Value)
	}
	return out
}

func unique(list []string) []string {
	seen := map[string]bool{}
	out := list[:0:0]
	for _, s := range list {
		if !seen[s] {
			out = append(out, s)
		}
		seen[s] = true
	}
	return out
}
