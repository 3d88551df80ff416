package session

import (
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func infoHookGivesTokens() rule.Rule {
	return rule.Rule{
		Slug:     "info-hook-gives-tokens",
		Severity: finding.Warning,
		Title:    "the browser can ask for its tokens",
		Why: "`OIDCInfoHook` answers `?info=json` at the redirect URI with what it names. With tokens in it, any script that runs on Keystone's host, and whoever gets hold of the session's cookie, takes the issuer's tokens away from there " +
			"and uses them elsewhere, where the cookie is good for nothing. Keystone's login needs none of it.",
		Mend:   "Take the tokens out of the list, or the whole line away.",
		Source: "mod_auth_openidc, src/mod_auth_openidc.c, oidc_handle_info_request",
		Check: func(p *rule.Pass) {
			for _, s := range settings(p, party, "oidcinfohook") {
				tokens, rest := split(s.at)
				if len(tokens) == 0 {
					continue
				}
				f := finding.Finding{Message: "the redirect URI hands out " + strings.Join(tokens, " and ") + " to every script that runs on this host", Hint: "OIDCInfoHook iat exp timeout"}
				if len(rest) > 0 {
					f.Hint = "OIDCInfoHook " + strings.Join(rest, " ")
					f.Fix = subject.Reword("write "+strings.Join(rest, " "), s.at, 0, len(s.at.Argv()), strings.Join(rest, " "))
				}
				p.On(s.at, f, s.Vhost)
			}
		},
	}
}

// split parts what the hook gives into tokens and the rest.
func split(c *httpdconf.Command) (tokens, rest []string) {
	for _, w := range c.Argv() {
		if slices.Contains([]string{"access_token", "id_token", "id_token_hint", "refresh_token"}, strings.ToLower(w)) {
			tokens = append(tokens, w)
		} else {
			rest = append(rest, w)
		}
	}
	return tokens, rest
}
