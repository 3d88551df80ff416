package access

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/internal/httpdconf/effective"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func requireForSomeMethods() rule.Rule {
	return rule.Rule{
		Slug:     "require-for-some-methods",
		Severity: finding.Error,
		Title:    "the login is asked for with some methods only",
		Why: "Require lines in `<Limit POST>` count for that method alone; with any other one nothing is required, and nobody logs in. A deny " +
			"further out does not help, since the section's own Require lines took its place. Keystone exchanges tokens with GET and HEAD as it does with POST.",
		Mend:   "Take `<Limit>` away; where methods shall be restricted, use `Require method` in a `<RequireAll>`.",
		Source: "modules/aaa/mod_authz_core.c, apply_authz_sections; Keystone, keystone/api/os_federation.py, OSFederationAuthResource",
		Check: func(p *rule.Pass) {
			if !uses(p, "<limit", "<limitexcept") {
				return
			}
			for _, d := range p.Doors() {
				g := judged(d)
				if g == nil || d.Kind == subject.Callback || !limited(g.Require()) || len(g.Require().Undecided) > 0 {
					continue
				}
				if free := freeMethods(g.Require()); free != "" {
					p.On(firstLimit(g.Require().Authz), finding.Finding{
						Message: fmt.Sprintf("the %s %s asks for no login with %s: its Require lines count for other methods", d.Kind, d.Path, free),
						Hint:    hint(d),
					}, d, d.Section)
				}
			}
		},
	}
}

// freeMethods gives the methods of Keystone's logins that need none.
func freeMethods(need *subject.Requirement) string {
	var free []string
	for _, method := range []string{"GET", "POST"} {
		if (&subject.Requirement{Authz: forMethod(need.Authz, method)}).Open() {
			free = append(free, method)
		}
	}
	return strings.Join(free, " and ")
}

// forMethod leaves out what is for other methods; nil where nothing is left.
func forMethod(a *effective.Authz, method string) *effective.Authz {
	if slices.ContainsFunc(a.Limits, func(c *httpdconf.Command) bool { return !holdsFor(c, method) }) {
		return nil
	}
	out := &effective.Authz{Op: a.Op, Command: a.Command}
	for _, p := range a.Parts {
		if kept := forMethod(p, method); kept != nil {
			out.Parts = append(out.Parts, kept)
		}
	}
	if a.Op != effective.One && len(out.Parts) == 0 {
		return nil
	}
	return out
}

// holdsFor reports whether a <Limit> or <LimitExcept> is for a method; GET is for
// HEAD, too.
func holdsFor(c *httpdconf.Command, method string) bool {
	return slices.Contains(c.Argv(), method) == (c.Key() == "<limit")
}

func firstLimit(a *effective.Authz) *httpdconf.Command {
	if len(a.Limits) > 0 {
		return a.Limits[0]
	}
	for _, p := range a.Parts {
		if c := firstLimit(p); c != nil {
			return c
		}
	}
	return nil
}
