package bearer

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func remoteUserDiffers() rule.Rule {
	return rule.Rule{
		Slug:     "remote-user-differs",
		Severity: finding.Warning,
		Title:    "the same person is one user at the dashboard and another at the command line",
		Why: "`REMOTE_USER` is made by two directives: `OIDCRemoteUserClaim` for a browser's login (by default `sub@`: the subject, and the " +
			"issuer behind it), `OIDCOAuthRemoteUserClaim` for a bearer token (by default `sub`). Where a mapping names users by " +
			"`REMOTE_USER` and the two differ, Keystone makes two users of one person, each with its own roles and resources.",
		Mend:   "The same claim in both directives, or a mapping that names users by a claim, such as `OIDC-preferred_username`.",
		Source: "mod_auth_openidc src/config.c, OIDC_DEFAULT_CLAIM_REMOTE_USER, OIDC_DEFAULT_OAUTH_CLAIM_REMOTE_USER",
		Check: func(p *rule.Pass) {
			if !mapped(p.Site, "REMOTE_USER") {
				return
			}
			browser := browserHosts(p)
			seen := map[[2]*subject.Vhost]bool{}
			for _, d := range openidcDoors(p) {
				v := browser[d.IdP+" "+d.Protocol]
				if pair := [2]*subject.Vhost{v, d.Vhost}; v != nil && !seen[pair] && d.Kind == subject.Auth {
					seen[pair] = true
					reportUsers(p, v, d.Vhost)
				}
			}
		},
	}
}

// browserHosts gives, for each identity provider and protocol, the virtual host
// at which browsers log in.
func browserHosts(p *rule.Pass) map[string]*subject.Vhost {
	out := map[string]*subject.Vhost{}
	for _, d := range p.Doors() {
		if d.Kind == subject.WebSSO && d.Browser() {
			out[d.IdP+" "+d.Protocol] = d.Vhost
		}
	}
	return out
}

func reportUsers(p *rule.Pass, browser, token *subject.Vhost) {
	a, b := claimOf(browser, "oidcremoteuserclaim", "sub@"), claimOf(token, "oidcoauthremoteuserclaim", "sub")
	if a == b {
		return
	}
	f := finding.Finding{
		Message: fmt.Sprintf("REMOTE_USER is made of %q at the dashboard and of %q for bearer tokens, and a mapping names users by it: one person becomes two users", a, b),
		Hint:    "OIDCRemoteUserClaim sub\nOIDCOAuthRemoteUserClaim sub",
	}
	if at := firstOf(token.Command("oidcoauthremoteuserclaim"), browser.Command("oidcremoteuserclaim"), source(token)); at != nil {
		p.On(at, f, browser, token)
	}
}

func claimOf(v *subject.Vhost, key, otherwise string) string {
	if c := v.Command(key); c != nil {
		return strings.Join(c.Argv(), " ")
	}
	return otherwise
}

func firstOf(commands ...*httpdconf.Command) *httpdconf.Command {
	for _, c := range commands {
		if c != nil {
			return c
		}
	}
	return nil
}
