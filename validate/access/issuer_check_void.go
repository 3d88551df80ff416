package access

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func issuerCheckVoid() rule.Rule {
	return rule.Rule{
		Slug:     "issuer-check-void",
		Severity: finding.Error,
		Title:    "the issuer is asked for beside a line that is enough by itself",
		Why: "Several Require lines in one section are alternatives: httpd joins them as in `<RequireAny>`. Beside `Require valid-user`, which holds for whoever " +
			"has logged in, `Require claim iss:…` decides nothing. Users of one identity provider come in on the path of another.",
		Mend:   "Leave only the claim line, which needs a login anyway, or put all lines into `<RequireAll>`.",
		Source: "modules/aaa/mod_authz_core.c, create_authz_core_dir_config (AUTHZ_LOGIC_OR)",
		After:  []string{"door-granted", "auth-merging-opens", "require-for-some-methods", "unknown-auth-type", "authtype-without-require"},
		Check: func(p *rule.Pass) {
			for _, d := range p.Doors() {
				line, enough := issuerBypass(d)
				if line == nil {
					continue
				}
				p.On(line, finding.Finding{
					Message: fmt.Sprintf("`%s` decides nothing for the %s %s: `%s` is enough, so that users of any issuer pass", written(line), d.Kind, d.Path, written(enough)),
					Hint:    all(d),
					Related: []finding.Related{{Message: "this line is enough", At: enough.At()}},
					Fix:     dropValidUser(d, line, enough),
				}, d, d.Section)
			}
		},
	}
}

// issuerBypass gives a line that asks for the issuer and one that is enough without
// it; nil where there are no such two.
func issuerBypass(d *subject.Door) (line, enough *httpdconf.Command) {
	need := d.Require()
	if len(need.Undecided) > 0 || need.Open() || need.MustClaim("iss") || limited(need) || sentToLogin(d) {
		return nil, nil
	}
	lines := need.Lines()
	byIssuer := func(c *httpdconf.Command) bool { return aboutClaim(c, "iss") }
	i := slices.IndexFunc(lines, byIssuer)
	if i < 0 {
		return nil, nil
	}
	for _, c := range lines {
		if !byIssuer(c) && c.Parent() == lines[i].Parent() {
			return lines[i], c
		}
	}
	for _, c := range lines {
		if !byIssuer(c) {
			return lines[i], c
		}
	}
	return lines[i], lines[i]
}

// sentToLogin reports whether a session of another issuer is sent to log in, although
// another line would be enough: with OIDCUnAutzAction auth the module answers as soon
// as it is asked for the claim, and that is the first thing asked for here.
func sentToLogin(d *subject.Door) bool {
	action := strings.ToLower(d.Setting("OIDCUnAutzAction").Value())
	lines := d.Require().Lines()
	return d.Browser() && (action == "auth" || action == "302") && len(lines) > 0 && aboutClaim(lines[0], "iss")
}

// all writes what a door's section requires as lines that must all hold.
func all(d *subject.Door) string {
	out := "<RequireAll>\n"
	for _, c := range ownLines(d.Section) {
		if !validUser(c) {
			out += "    " + written(c) + "\n"
		}
	}
	return out + "</RequireAll>"
}

// dropValidUser takes `Require valid-user` away where it stands beside nothing but
// claims: they need a login, too.
func dropValidUser(d *subject.Door, line, enough *httpdconf.Command) *finding.Fix {
	own := partsOf(d.Section)
	if len(own) != 2 || !validUser(enough) || enough.Parent() != d.Section || line.Parent() != d.Section {
		return nil
	}
	return subject.Drop("take `Require valid-user` away", enough)
}
