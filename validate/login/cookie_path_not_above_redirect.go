package login

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func cookiePathNotAboveRedirect(w *view) rule.Rule {
	return rule.Rule{
		Slug:     "cookie-path-not-above-redirect",
		Severity: finding.Error,
		Title:    "the cookies' path does not hold both the websso path and the redirect URI",
		Why: "A login sets one cookie where it begins, which has to come back at the redirect URI, and one at the redirect URI, which has to come back where it began. A browser sends a cookie to the paths below its own only. " +
			"Where OIDCCookiePath is not above both, the login ends in 400 (\"no state cookie found\"), at OIDCDefaultURL, or goes round in circles; a path that is not even above the one called is dropped for that one's folder.",
		Mend:   "Leave OIDCCookiePath out, or write `/` or another path above both.",
		Source: "mod_auth_openidc, src/util.c, oidc_util_get_cookie_path; RFC 6265 section 5.1.4",
		Check: func(p *rule.Pass) {
			for _, v := range w.parties(p) {
				if len(v.Tree.Commands("oidccookiepath")) == 0 {
					continue
				}
				for _, d := range v.Logins {
					begin := d.Setting("OIDCCookiePath").Commands
					back := v.Context(v.path()).Setting("OIDCCookiePath").Commands
					if c := narrow(begin, d.Path, v.path()); c != nil {
						p.On(c, notAbove(c, d.Path, v.path()), v.Vhost)
					} else if c := narrow(back, v.path(), d.Path); c != nil {
						p.On(c, notAbove(c, v.path(), d.Path), v.Vhost)
					}
				}
			}
		},
	}
}

func notAbove(c *httpdconf.Command, set, wanted string) finding.Finding {
	return finding.Finding{
		Message: fmt.Sprintf("cookies that %s sets get the path %s, so that %s never sees them: no login comes to its end", set, cookiePath(c, set), wanted),
		Hint:    "OIDCCookiePath /",
		Fix:     subject.Write(c, 0, "/"),
	}
}

// narrow gives the directive by which a cookie that one path sets does not come to
// the other; nil where it does.
func narrow(commands []*httpdconf.Command, set, wanted string) *httpdconf.Command {
	if len(commands) == 0 {
		return nil
	}
	c := commands[len(commands)-1]
	if subject.Arg(c, 0) == "" {
		return nil
	}
	path := cookiePath(c, set)
	if wanted == path || strings.HasPrefix(wanted, path) && (strings.HasSuffix(path, "/") || wanted[len(path)] == '/') {
		return nil
	}
	return c
}

// cookiePath is the path that a cookie gets which a request to path sets.
func cookiePath(c *httpdconf.Command, path string) string {
	if words := c.Argv(); len(words) == 1 && strings.HasPrefix(path, words[0]) {
		return words[0]
	}
	return path[:strings.LastIndex(path, "/")+1]
}
