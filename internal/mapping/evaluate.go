package mapping

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Mapped is what Keystone makes of a login. Groups are sorted by domain and name.
type Mapped struct {
	User     User
	Groups   []Group
	Projects []Project
}

// Refused is Keystone's ValidationError: the login ends with status 401.
type Refused struct{ Reason string }

// Error says why.
func (r Refused) Error() string { return "Keystone refuses the login: " + r.Reason }

// Undecidable is the error for what this evaluator leaves to Keystone: what
// compiled rules never hold, and what Keystone itself leaves to chance.
type Undecidable struct{ Reason string }

// Error says why.
func (u Undecidable) Error() string { return "cannot be decided here: " + u.Reason }

// Evaluate applies the rules as keystone/federation/utils.py (RuleProcessor,
// schema 1.0) does: every rule is tried, what all that hold give is gathered.
// The error is a Refused or an Undecidable.
func (m Mapping) Evaluate(a Assertion) (Mapped, error) {
	var out Mapped
	matched := false
	for i, rule := range m.Rules {
		direct, holds, err := rule.match(a)
		if err != nil {
			return Mapped{}, fmt.Errorf("rule %d: %w", i+1, err)
		}
		if !holds {
			continue
		}
		matched = matched || len(rule.Local) > 0
		if err := out.gather(rule.Local, direct); err != nil {
			return Mapped{}, fmt.Errorf("rule %d: %w", i+1, err)
		}
	}
	if !matched {
		return Mapped{}, Refused{"no rule holds for these claims"}
	}
	slices.SortFunc(out.Groups, compareGroups)
	out.Groups = slices.CompactFunc(out.Groups, func(a, b Group) bool { return compareGroups(a, b) == 0 })
	return out, nil
}

// Named gives the user as keystone/auth/plugins/mapped.py stores it: without a
// name REMOTE_USER is the name, or else the id; without an id the name is.
func (m Mapped) Named(remoteUser string) (Mapped, error) {
	m.User.Name = cmp.Or(m.User.Name, remoteUser, m.User.ID)
	m.User.ID = cmp.Or(m.User.ID, m.User.Name)
	if m.User.Name == "" {
		return Mapped{}, Refused{"no rule names the user, and there is no REMOTE_USER"}
	}
	return m, nil
}

func compareGroups(a, b Group) int { return strings.Compare(a.key(), b.key()) }

func (g Group) key() string {
	domain := Domain{}
	if g.Domain != nil {
		domain = *g.Domain
	}
	return strings.Join([]string{domain.Name, domain.ID, g.Name, g.ID}, "\x00")
}

// match gives the direct entries' values if every requirement holds.
func (r Rule) match(a Assertion) (direct [][]string, holds bool, err error) {
	for _, req := range r.Remote {
		values := a[req.Type]
		if values == nil {
			return nil, false, nil
		}
		switch {
		case req.AnyOneOf != nil:
			found, err := pick(values, req.AnyOneOf, req.Regex)
			if err != nil || len(found) == 0 {
				return nil, false, err
			}
		case req.NotAnyOf != nil:
			found, err := pick(values, req.NotAnyOf, req.Regex)
			if err != nil || len(found) > 0 {
				return nil, false, err
			}
		default:
			let, err := req.let(values)
			if err != nil {
				return nil, false, err
			}
			direct = append(direct, let)
		}
	}
	return direct, true, nil
}

// let gives what a direct entry lets through. Keystone works with sets there,
// but for a whitelist of expressions: equal values become one.
func (r Remote) let(values []string) ([]string, error) {
	switch {
	case r.Blacklist != nil:
		bad, err := pick(values, r.Blacklist, r.Regex)
		return slices.DeleteFunc(distinct(values), func(v string) bool { return slices.Contains(bad, v) }), err
	case r.Whitelist != nil && r.Regex:
		return pick(values, r.Whitelist, true)
	case r.Whitelist != nil:
		return pick(distinct(values), r.Whitelist, false)
	default:
		return values, nil
	}
}

func distinct(values []string) []string {
	return slices.Compact(slices.Sorted(slices.Values(values)))
}

// pick gives the values that are listed, or that a listed pattern finds.
func pick(values []string, listed []any, regex bool) ([]string, error) {
	var out []string
	for _, v := range values {
		for _, item := range listed {
			text, isText := item.(string)
			if !isText {
				return nil, Undecidable{fmt.Sprintf("a condition lists %v, which is no string", item)}
			}
			hit, err := compare(v, text, regex)
			if err != nil {
				return nil, err
			}
			if hit {
				out = append(out, v)
				break
			}
		}
	}
	return out, nil
}

// compare refuses where Python's regular expressions and Go's may differ.
func compare(value, text string, regex bool) (bool, error) {
	if !regex {
		return value == text, nil
	}
	pattern, err := regexp.Compile(text)
	if err != nil || (strings.Contains(text, `\`) && !isASCII(value)) || strings.Contains(value, "\n") {
		return false, Undecidable{fmt.Sprintf("the regular expression %q on this value is for Python to decide", text)}
	}
	return pattern.MatchString(value), nil
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r > 127 })
}
