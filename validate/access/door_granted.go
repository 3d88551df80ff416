package access

import (
	"fmt"
	"slices"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func doorGranted() rule.Rule {
	return rule.Rule{
		Slug:     "door-granted",
		Severity: finding.Error,
		Title:    "a path that logs people in asks for no login",
		Why: "Keystone believes what httpd tells it at these paths. Lines such as `Require all granted`, `Require ip` or `Require method` say who may " +
			"call, not who has logged in: httpd does not even ask for a login where one of them is enough. Keystone then gets requests without " +
			"claims, and answers 401, or with the claims that the caller has made up.",
		Mend:   "Require what only a login gives: the issuer, and on the auth path the audience and the client. Where an address must fit as well, put both into `<RequireAll>`.",
		Source: "modules/aaa/mod_authz_core.c, authorize_user_no_provider; Keystone, keystone/api/os_federation.py",
		After:  []string{"location-is-no-path", "empty-require-container", "require-only-negative", "require-misspelt"},
		Check: func(p *rule.Pass) {
			for _, d := range p.Doors() {
				g := judged(d)
				if d.Kind == subject.Callback || g == nil || !granted(g) {
					continue
				}
				at, what := d.Section, "nothing is required there"
				if line := openLine(g.Require()); line != nil {
					at, what = line, "`Require "+line.RawArgs()+"` is enough"
				}
				p.On(at, finding.Finding{
					Message: fmt.Sprintf("the %s %s asks for no login: %s", d.Kind, d.Path, what),
					Hint:    hint(d),
				}, d, d.Section)
			}
		},
	}
}

// granted reports whether a door is open by the Require lines that it has, and not
// for one of the reasons that have rules of their own.
func granted(d *subject.Door) bool {
	need := d.Require()
	if len(need.Undecided) > 0 || !need.Open() || limited(need) {
		return false
	}
	if need.Authz == nil {
		return d.AuthType() == ""
	}
	return !mergedOpen(d)
}

func openLine(need *subject.Requirement) *httpdconf.Command {
	lines := need.Lines()
	if i := slices.IndexFunc(lines, opens); i >= 0 {
		return lines[i]
	}
	return nil
}
