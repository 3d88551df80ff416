package metadata

import (
	"fmt"
	"slices"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func clientRedirectURIDiffers(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "client-redirect-uri-differs",
		Severity: finding.Warning,
		Title:    "a client was registered with another redirect URI than the virtual host has",
		Why: "An issuer's answer to a registration says which `redirect_uris` the client has. The module does not read them, the issuer does: it compares the redirect URI of each login byte by byte, port and final slash included, " +
			"and shows an error page of its own for any other. That happens after a change of OIDCRedirectURI, and where one registration is copied to another site.",
		Mend:   "Have the issuer add the redirect URI to the client, and write it here.",
		Source: "RFC 7591, section 2; OpenID Connect Core 1.0, section 3.1.2.1 (redirect_uri)",
		Check: r.each(func(p *rule.Pass, i *issuer) {
			registered, _ := listOf(i.Client, "redirect_uris")
			for _, v := range i.Folder.Vhosts {
				own := subject.Arg(v.Command("oidcredirecturi"), 0)
				if len(registered) == 0 || !whole(own) || slices.Contains(registered, own) {
					continue
				}
				i.on(p, i.Client, member(i.Client, "redirect_uris"), finding.Finding{
					Message: fmt.Sprintf("the client at %s was registered for %s, and logins come back to %s: the issuer refuses them", i.name(), some(registered), own),
					Hint:    fmt.Sprintf("%q: [%q]", "redirect_uris", own),
					Related: []finding.Related{{Message: "where logins come back to", At: v.Command("oidcredirecturi").At()}},
				})
				return
			}
		}),
	}
}
