package subject

import (
	"strconv"
	"strings"

	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/internal/httpdconf/effective"
)

// Requirement is what a request must have to pass the Require lines of a path.
type Requirement struct {
	Authz     *effective.Authz     // nil: nothing is required
	Undecided []*httpdconf.Command // sections of which only a running server can tell whether they change it

	lines        []*httpdconf.Command
	denied, open answer
}

// Require gives what requests to the door must have.
func (d *Door) Require() *Requirement {
	if d.require == nil {
		d.require = RequirementOf(d.Context())
	}
	return d.require
}

// RequirementOf gives what requests of a context must have.
func RequirementOf(x *effective.Context) *Requirement {
	authz, undecided := x.Authz()
	return &Requirement{Authz: authz, Undecided: undecided}
}

// Must reports whether nobody passes without a Require line for which the test
// holds: in every way through the containers there is one. The words are those
// behind Require: ["claim", "iss:https://…"]; a line of several claims is asked
// for each, since any of them is enough.
func (r *Requirement) Must(test func(words []string) bool) bool {
	return r.Authz != nil && must(r.Authz, test)
}

func must(a *effective.Authz, test func([]string) bool) bool {
	switch a.Op {
	case effective.One:
		return len(a.Limits) == 0 && alternatives(a.Words(), test)
	case effective.Any:
		for _, p := range a.Parts {
			if p.Op != effective.None && !must(p, test) {
				return false
			}
		}
		return len(a.Parts) > 0
	case effective.All:
		for _, p := range a.Parts {
			if p.Op != effective.None && must(p, test) {
				return true
			}
		}
	}
	return false
}

// alternatives asks for every claim of a line.
func alternatives(words []string, test func([]string) bool) bool {
	if len(words) < 3 || words[0] != "claim" && words[0] != "oauth2_claim" {
		return test(words)
	}
	for _, w := range words[1:] {
		if !test([]string{words[0], w}) {
			return false
		}
	}
	return true
}

// Denied reports whether nobody passes (`Require all denied` in every way).
func (r *Requirement) Denied() bool {
	return r.denied.ask(func() bool { return r.Must(denies) })
}

func denies(words []string) bool {
	return len(words) == 2 && strings.EqualFold(words[0], "all") && strings.EqualFold(words[1], "denied")
}

// Open reports whether somebody who has shown nothing may pass: there is a way
// through of Require lines that look at the request only, or nothing is required.
func (r *Requirement) Open() bool {
	return r.open.ask(func() bool { return !r.Must(shows) })
}

// answer is a question that is asked once: 0 not yet, 1 no, 2 yes.
type answer int8

func (a *answer) ask(question func() bool) bool {
	if *a == 0 {
		*a = 1
		if question() {
			*a = 2
		}
	}
	return *a == 2
}

// shows reports whether a Require line wants something that not everybody can show.
func shows(words []string) bool {
	if len(words) == 0 {
		return true
	}
	switch strings.ToLower(words[0]) {
	case "all":
		return len(words) > 1 && strings.EqualFold(words[1], "denied")
	case "not", "method", "expr", "env", "ip", "host", "local", "forward-dns", "ssl":
		return false
	}
	return true
}

// Claims gives the claims of a name that must have one of certain values: `Require
// claim iss:https://…` gives iss and its value. exact is false for expressions
// (iss~…) or where only some ways through name the claim.
func (r *Requirement) Claims(name string) (values []string, exact bool) {
	seen := map[string]bool{}
	exact = r.Must(func(words []string) bool {
		if len(words) < 2 || words[0] != "claim" && words[0] != "oauth2_claim" {
			return false
		}
		value, ok := claimValue(words[1], name)
		if ok && !seen[value] {
			seen[value] = true
			values = append(values, value)
		}
		return ok
	})
	return values, exact
}

// claimValue gives the value of `name:value`, and of `name~^value$` if the
// expression stands for one value only.
func claimValue(spec, name string) (string, bool) {
	rest, ok := strings.CutPrefix(spec, name)
	if !ok || rest == "" {
		return "", false
	}
	if rest[0] == ':' {
		return rest[1:], true
	}
	inner, anchored := strings.CutPrefix(rest, "~^")
	inner, end := strings.CutSuffix(inner, "$")
	if !anchored || !end {
		return "", false
	}
	return literal(inner)
}

// literal reads an expression that stands for one text only; there may be one in
// each of a hundred thousand sections.
func literal(expression string) (string, bool) {
	out := make([]byte, 0, len(expression))
	for i := 0; i < len(expression); i++ {
		c := expression[i]
		if c != '\\' {
			if strings.IndexByte(".*+?()[]{}|^$", c) >= 0 {
				return "", false
			}
			out = append(out, c)
			continue
		}
		if i++; i == len(expression) {
			return "", false
		}
		switch c = expression[i]; {
		case c == 'x' && i+2 < len(expression):
			n, err := strconv.ParseUint(expression[i+1:i+3], 16, 8)
			if err != nil {
				return "", false
			}
			out, i = append(out, byte(n)), i+2
		case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9':
			return "", false
		default:
			out = append(out, c)
		}
	}
	return string(out), true
}

// MustClaim reports whether nobody passes without a claim of that name being
// looked at, by value or by expression.
func (r *Requirement) MustClaim(names ...string) bool {
	return r.Must(func(words []string) bool {
		if len(words) < 2 || words[0] != "claim" && words[0] != "oauth2_claim" {
			return false
		}
		for _, n := range names {
			if rest, ok := strings.CutPrefix(words[1], n); ok && rest != "" && (rest[0] == ':' || rest[0] == '~') {
				return true
			}
		}
		return false
	})
}

// Lines gives all Require lines, in order.
func (r *Requirement) Lines() []*httpdconf.Command {
	if r.lines == nil && r.Authz != nil {
		r.lines = lines(r.Authz, nil)
	}
	return r.lines
}

// Line gives the first Require line for whose words, those behind Require, the test
// holds; nil for none.
func (r *Requirement) Line(test func(words []string) bool) *httpdconf.Command {
	if r.Authz == nil {
		return nil
	}
	return line(r.Authz, test)
}

func line(a *effective.Authz, test func([]string) bool) *httpdconf.Command {
	if a.Op == effective.One {
		if test(a.Words()) {
			return a.Command
		}
		return nil
	}
	for _, p := range a.Parts {
		if c := line(p, test); c != nil {
			return c
		}
	}
	return nil
}

func lines(a *effective.Authz, out []*httpdconf.Command) []*httpdconf.Command {
	if a.Op == effective.One {
		return append(out, a.Command)
	}
	for _, p := range a.Parts {
		out = lines(p, out)
	}
	return out
}
