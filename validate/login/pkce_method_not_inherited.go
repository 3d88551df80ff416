package login

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func pkceMethodNotInherited(w *view) rule.Rule {
	return rule.Rule{
		Slug:     "pkce-method-not-inherited",
		Severity: finding.Warning,
		Title:    "OIDCPKCEMethod does not reach the issuers of a metadata directory",
		Why: "From mod_auth_openidc 2.4.16.7 on, an issuer of a metadata directory takes `pkce_method` from its own `.conf` and else S256; what the virtual host says is passed over. " +
			"The line looks as if it counted: an issuer that refuses `code_challenge` refuses it after the upgrade, although PKCE is off here.",
		Mend:   "Write `\"pkce_method\"` into the `.conf` of the issuer that needs it, and remove the line.",
		Source: "mod_auth_openidc, src/metadata/conf.c, oidc_metadata_conf_parse_response (2.4.16.7)",
		Check: func(p *rule.Pass) {
			for _, v := range w.parties(p) {
				c := v.Command("oidcpkcemethod")
				since, _ := v.Tree.Since("2.4.16.7")
				_, all := overrides(v.Folder(), "pkce_method")
				if c == nil || !since || all || !many(v.Vhost) || subject.Arg(c, 0) == "S256" {
					continue
				}
				p.On(c, finding.Finding{
					Message: fmt.Sprintf("mod_auth_openidc %s passes this line over for the issuers of %s: they get S256", v.Tree.Module, v.Value("oidcmetadatadir")),
					Hint:    fmt.Sprintf(`"pkce_method": %q in the .conf of the issuer that needs it`, subject.Arg(c, 0)),
				}, v.Vhost)
			}
		},
	}
}
