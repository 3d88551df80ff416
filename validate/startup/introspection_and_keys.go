package startup

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func introspectionAndKeys() rule.Rule {
	return rule.Rule{
		Slug:     "introspection-and-keys",
		Severity: finding.Error,
		Title:    "introspection and keys in one virtual host",
		Why: "Tokens are verified either by asking the issuer (introspection) or by its keys. With both, " +
			"mod_auth_openidc does not start httpd; `httpd -t` says `Syntax OK`.",
		Mend:   "Keep the one that fits the provider's tokens: keys for JWTs, introspection for opaque ones.",
		Source: "mod_auth_openidc, src/config.c, oidc_check_config_oauth",
		Check: func(p *rule.Pass) {
			for _, v := range p.Vhosts() {
				at, keys := v.Command("oidcoauthintrospectionendpoint"), verification(v)
				if at == nil || keys == nil {
					continue
				}
				p.On(at, finding.Finding{
					Message: fmt.Sprintf("%s has introspection and the keys of line %d: httpd passes its test, but does not start", v.Name(), keys.At().Start.Line),
					Hint:    "remove this line, if the provider's access tokens are JWTs",
				}, v)
			}
		},
	}
}
