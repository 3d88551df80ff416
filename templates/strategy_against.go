package templates

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/pattern"
	"github.com/fedstone/fedstone/internal/spec"
)

// againstAsking: of an issuer without an address for it, nobody can ask.
func againstAsking(s situation) (out []objection) {
	for _, idp := range s.fed.IdentityProviders {
		if asked(idp) {
			out = append(out, unasked(s, idp)...)
		}
	}
	return out
}

// againstIntrospection weighs the providers that do not keep to keys by their own
// word as if they were asked already.
func againstIntrospection(s situation) (out []objection) {
	for _, idp := range s.fed.IdentityProviders {
		if asked(idp) || idp.Bearer.Verify.At == (finding.Range{}) {
			out = append(out, unasked(s, idp)...)
		}
	}
	return out
}

// unasked is what keeps an issuer from being asked about its tokens.
func unasked(s situation, idp spec.IdentityProvider) (out []objection) {
	if introspectionURL(idp, s.documents[idp.ID.Value]) == "" {
		out = append(out, objection{fmt.Sprintf("the discovery document of %q names no introspection_endpoint", idp.ID.Value),
			"bearer: {introspection: {endpoint: https://…}}, or bearer: {verify: keys}", idp.Bearer.Verify.At})
	}
	if token := idp.Bearer.Token; cmp.Or(token.Value, "access") != "access" {
		out = append(out, objection{fmt.Sprintf("%q takes ID tokens, and issuers are asked about access tokens alone", idp.ID.Value), "bearer: {verify: keys}", token.At})
	}
	return out
}

// introspectionURL gives the address that is asked about tokens; "" where there is
// none.
func introspectionURL(idp spec.IdentityProvider, doc *oidc.Document) string {
	if given := idp.Bearer.Introspection.Endpoint.Value; given != "" || doc == nil {
		return given
	}
	return doc.IntrospectionEndpoint
}

func againstSingle(s situation) []objection {
	out := againstAsking(s)
	if n := len(s.fed.IdentityProviders); n > 1 {
		out = append(out, objection{fmt.Sprintf("there are %d identity providers, and mod_auth_openidc verifies the tokens of one issuer in a vhost", n),
			"strategy: gate", s.fed.HTTPD.Strategy.At})
	}
	return out
}

func againstOAuth2(s situation) []objection {
	at, m := s.fed.HTTPD.Strategy.At, s.platform.OAuth2
	switch {
	case !m.Shipped():
		return []objection{{s.platform.Title + " has no package of mod_oauth2", "strategy: gate", at}}
	case !m.Isolates():
		return []objection{{fmt.Sprintf("no run has shown that mod_oauth2 %s with liboauth2 %s keeps issuers apart", m.Module, m.Library), "strategy: gate", at}}
	}
	out := unguarded(s.fed.HTTPD.Without.EnvironmentClaims)
	for _, idp := range s.fed.IdentityProviders {
		w := idp.Without
		out = append(out, append(unguarded(w.Issuer, w.Audience, w.Client, w.TLSVerification), againstOAuth2Of(idp)...)...)
	}
	return out
}

// unguarded: a protection is switched off in mod_auth_openidc's directives alone.
func unguarded(reasons ...spec.Text) (out []objection) {
	for _, reason := range reasons {
		if reason.Given() {
			out = append(out, objection{"a protection is switched off, which is rendered for mod_auth_openidc alone", "strategy: gate", reason.At})
		}
	}
	return out
}

// againstOAuth2Of: what is compared stands in an expression of httpd's, in which
// some characters mean more than themselves.
func againstOAuth2Of(idp spec.IdentityProvider) (out []objection) {
	if asked(idp) {
		out = append(out, objection{fmt.Sprintf("%q is verified by introspection, which is rendered for mod_auth_openidc alone", idp.ID.Value),
			"strategy: gate", idp.Bearer.Verify.At})
	}
	values := append([]spec.Text{idp.Issuer, idp.Bearer.Audience}, idp.Bearer.Clients...)
	for _, v := range values {
		if !sayable().MatchString(v.Value) {
			out = append(out, objection{fmt.Sprintf("%q has characters that an expression of httpd would not take for themselves", v.Value),
				"strategy: gate", v.At})
		}
	}
	if claim := idp.Bearer.ClientClaim; claim.Given() && !plainClaim().MatchString(claim.Value) {
		out = append(out, objection{fmt.Sprintf("the claim %q has a name that an expression of httpd cannot hold", claim.Value), "strategy: gate", claim.At})
	}
	return out
}

var (
	sayable    = pattern.Lazy(`^[A-Za-z0-9._~:/#@!&()+,;=-]+$`)
	plainClaim = pattern.Lazy(`^[A-Za-z0-9_-]+$`)
)

// introspectionAuth is how the client that asks shows who it is: as at the token
// endpoint (RFC 8414, section 2).
func introspectionAuth(doc *oidc.Document) string {
	supported := strings.Join(doc.TokenAuthMethodsSupported, " ")
	if strings.Contains(supported, "client_secret_post") && !strings.Contains(supported, "client_secret_basic") {
		return "client_secret_post"
	}
	return "client_secret_basic"
}
