package login

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func redirectURITwice() rule.Rule {
	return rule.Rule{
		Slug:     "redirect-uri-twice",
		Severity: finding.Warning,
		Title:    "OIDCRedirectURI is set twice",
		Why: "A virtual host has one redirect URI. Of several lines the last one counts, and nothing tells so: neither `httpd -t` nor the log. " +
			"Requests to the other address are not taken as answers of the issuer; the module begins another login there, or Keystone answers. " +
			"Guides that show one line for each protocol lead to this.",
		Mend:   "Keep one line, and register its address at every issuer.",
		Source: "mod_auth_openidc, OIDCRedirectURI (TAKE1, one value for each server)",
		Check: func(p *rule.Pass) {
			for _, v := range p.Vhosts() {
				all := v.Own("oidcredirecturi")
				for i, c := range all {
					last := all[len(all)-1]
					if i == len(all)-1 || c.RawArgs() == last.RawArgs() {
						continue
					}
					p.On(c, finding.Finding{
						Message: fmt.Sprintf("this redirect URI is not used: line %d sets %s, and the last line counts", last.At().Start.Line, last.RawArgs()),
						Hint:    "remove this line, and register the redirect URI that is left at every issuer",
					}, v)
				}
			}
		},
	}
}
