package login

import (
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func pkceNotSet(w *view) rule.Rule {
	return rule.Rule{
		Slug:     "pkce-not-set",
		Severity: finding.Info,
		Title:    "PKCE is off by default before mod_auth_openidc 2.4.15",
		Why: "PKCE binds the code of a login to the browser that began it. From 2.4.15 on the module does so by itself; older versions, such as those of EL 9 and Debian 12, only where OIDCPKCEMethod says so. " +
			"Issuers that know nothing of it pass over the parameters.",
		Mend:   "`OIDCPKCEMethod S256`",
		Source: "RFC 9700 section 2.1.1; mod_auth_openidc, ChangeLog 2.4.15",
		Check: func(p *rule.Pass) {
			for _, v := range w.parties(p) {
				_, all := overrides(v.Folder(), "pkce_method")
				if !v.Tree.Before("2.4.15") || v.Command("oidcpkcemethod") != nil || all {
					continue
				}
				p.On(v.Redirect, finding.Finding{
					Message: "mod_auth_openidc " + v.Tree.Module + " does not use PKCE unless it is told to",
					Hint:    "OIDCPKCEMethod S256",
					Fix:     subject.InsertBehind(v.Redirect, "OIDCPKCEMethod S256"),
				}, v.Vhost)
			}
		},
	}
}
