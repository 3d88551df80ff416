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

func requireOnlyNegative() rule.Rule {
	return rule.Rule{
		Slug:     "require-only-negative",
		Severity: finding.Error,
		Title:    "only what must not hold is required",
		Why: "`Require not` and `<RequireNone>` can refuse, and never grant. httpd takes them only in a `<RequireAll>` beside something that " +
			"grants; elsewhere it does not start. Lines that stand directly in a section count as those of a `<RequireAny>`.",
		Mend:   "Put them into a `<RequireAll>`, beside the lines that say who passes.",
		Source: "modules/aaa/mod_authz_core.c, add_authz_provider, authz_core_check_section",
		Check: func(p *rule.Pass) {
			for _, t := range p.Trees {
				for _, c := range slices.Concat(t.Commands("require"), t.Commands("<requirenone")) {
					if negative(c) && grantsNothing(c) {
						p.On(c, finding.Finding{
							Message: fmt.Sprintf("`%s` grants nothing, and stands in no <RequireAll> beside a line that does: httpd does not start", written(c)),
							Hint:    "<RequireAll>\n    Require valid-user\n    " + written(c) + "\n</RequireAll>",
						}, around(c)...)
					}
				}
			}
		},
	}
}

func negative(c *httpdconf.Command) bool {
	if c.Key() == "<requirenone" {
		return true
	}
	line := strings.TrimLeft(c.RawArgs(), `"'`)
	return len(line) > 3 && strings.EqualFold(line[:3], "not") && strings.EqualFold(subject.Arg(c, 0), "not")
}

// grantsNothing reports whether a negative line stands in no <RequireAll>, or in one
// that has nothing but such lines.
func grantsNothing(c *httpdconf.Command) bool {
	parent := c.Parent()
	if parent == nil {
		return false
	}
	switch parent.Key() {
	case "<requirenone":
		return true
	case "<requireall":
		return !slices.ContainsFunc(partsOf(parent), func(other *httpdconf.Command) bool { return !negative(other) })
	}
	return true
}

func written(c *httpdconf.Command) string {
	if c.Section {
		return "<" + c.Name + ">"
	}
	return c.Name + " " + c.RawArgs()
}
