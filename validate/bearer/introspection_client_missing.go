package bearer

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func introspectionClientMissing() rule.Rule {
	return rule.Rule{
		Slug:     "introspection-client-missing",
		Severity: finding.Warning,
		Title:    "the introspection endpoint is asked without credentials",
		Why: "An introspection endpoint must not answer everybody (RFC 7662): issuers want the id and the secret of a client. Without " +
			"`OIDCOAuthClientID` and `OIDCOAuthClientSecret` the question goes out bare, the issuer refuses it, and every token gets 401: " +
			"`Reference token could not be introspected`. The credentials of the browser's login (`OIDCClientID`, metadata directory) are not " +
			"used for it.",
		Mend: "`OIDCOAuthClientID` and `OIDCOAuthClientSecret` of a confidential client; where the endpoint really needs none, " +
			"`OIDCOAuthIntrospectionEndpointAuth none` says so.",
		Source: "RFC 7662 section 2.1; mod_auth_openidc src/oauth.c, oidc_oauth_call_introspection_endpoint",
		Check: func(p *rule.Pass) {
			for _, h := range openidcVhosts(p) {
				at, lacks := h.Command(introspection), lacking(h.Vhost)
				if at == nil || lacks == "" || subject.Loopback(subject.Arg(at, 0)) {
					continue
				}
				p.On(at, finding.Finding{
					Message: fmt.Sprintf("the introspection endpoint is asked without %s: issuers refuse that, and every token gets 401", lacks),
					Hint:    "OIDCOAuthClientID CLIENT\nOIDCOAuthClientSecret \"exec:/path/to/program-that-prints-it\"",
				}, h.Vhost)
			}
			for _, t := range p.Trees {
				for _, v := range allVerifies(t) {
					if v.kind == "introspect" && !v.options.Has("introspect.auth") && !subject.Loopback(v.value) {
						p.On(v.at, finding.Finding{
							Message: "the introspection endpoint is asked without a client: issuers refuse that, and every token gets 401",
							Hint:    "# behind the address: introspect.auth=client_secret_basic&client_id=CLIENT&client_secret=SECRET",
						})
					}
				}
			}
		},
	}
}

// lacking gives what a virtual host has not to show at the introspection endpoint.
func lacking(v *subject.Vhost) string {
	switch method := strings.ToLower(v.Value("oidcoauthintrospectionendpointauth")); method {
	case "", "client_secret_basic", "client_secret_post", "client_secret_jwt":
	default:
		return ""
	}
	switch {
	case v.Command("oidcoauthintrospectionclientauthbearertoken") != nil, v.Command("oidcoauthintrospectionendpointcert") != nil:
		return ""
	case v.Command("oidcoauthintrospectionendpointparams") != nil:
		return "" // the secret may stand there
	case v.Command("oidcoauthclientid") == nil:
		return "a client"
	case v.Command("oidcoauthclientsecret") == nil:
		return "the client's secret"
	}
	return ""
}
