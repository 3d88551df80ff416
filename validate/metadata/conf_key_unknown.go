package metadata

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/internal/platform"
	"github.com/fedstone/fedstone/validate/rule"
)

func confKeyUnknown(r *reader) rule.Rule {
	keys := platform.ConfKeys()
	return rule.Rule{
		Slug:     "conf-key-unknown",
		Severity: finding.Warning,
		Title:    "a .conf file has a member that the module does not read",
		Why: "The module passes over what it does not know, without a word: the setting of the virtual host, or the default, counts as if the line was not there. " +
			"Members of `.conf` have names of their own, which are neither those of the directives nor those of the discovery document; the client's id and secret belong into the `.client` file.",
		Mend:   "Write the name that the module reads.",
		Source: "mod_auth_openidc, src/metadata.c, oidc_metadata_conf_parse",
		Check: r.each(func(p *rule.Pass, i *issuer) {
			for _, m := range members(i.Conf) {
				if _, ok := keys[m.Key]; ok {
					continue
				}
				f := finding.Finding{Message: fmt.Sprintf("the module does not read %q in a .conf file", m.Key)}
				if right := meant(m.Key, keys); right != "" {
					f.Hint = fmt.Sprintf("%q", right)
					if member(i.Conf, right) == nil {
						f.Fix = renamed(&m, right)
					}
				} else if place := elsewhere(m.Key); place != "" {
					f.Hint = "# in " + i.Base + place
				}
				i.on(p, i.Conf, &engine.Node{At: m.KeyAt}, f)
			}
		}),
	}
}

// meant gives the member that another name most likely stands for; "" for none.
func meant(key string, keys map[string]platform.ConfKey) string {
	if right, ok := otherNames()[key]; ok {
		return right
	}
	return finding.Nearest(key, names(keys))
}

// otherNames are what the same settings are called elsewhere: as directives, and in
// the documents of the protocols.
func otherNames() map[string]string {
	return map[string]string{
		"OIDCScope": "scope", "scopes": "scope", "OIDCResponseType": "response_type", "OIDCResponseMode": "response_mode", "OIDCPKCEMethod": "pkce_method",
		"pkce": "pkce_method", "code_challenge_method": "pkce_method", "OIDCAuthRequestParams": "auth_request_params", "OIDCSSLValidateServer": "ssl_validate_server",
		"OIDCValidateIssuer": "validate_issuer", "token_endpoint_auth_method": "token_endpoint_auth", "OIDCProviderTokenEndpointAuth": "token_endpoint_auth",
		"OIDCSessionMaxDuration": "session_max_duration", "OIDCClientName": "client_name", "OIDCJWKSRefreshInterval": "jwks_refresh_interval",
	}
}

// elsewhere tells in which file of an issuer a member is read.
func elsewhere(key string) string {
	switch key {
	case "client_id", "client_secret", "client_secret_expires_at", "response_types":
		return ".client"
	case "issuer", "authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri", "end_session_endpoint":
		return ".provider"
	}
	return ""
}
