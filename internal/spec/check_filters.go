package spec

import (
	"fmt"
	"slices"
	"strings"
)

func (l *loader) filters(r Rule) {
	used := r.Claims()
	first := map[string]Filter{}
	for _, f := range r.Filters {
		l.claim(f.Claim)
		if other, twice := first[f.Claim.Value]; twice {
			l.twice("filter-twice", errorSeverity, f.At, other.At, fmt.Sprintf("claim %s is in both only and except", show(f.Claim.Value)), "keep one")
		}
		first[f.Claim.Value] = f
		if f.Matches {
			l.patterns(f.Values)
		}
		if !slices.Contains(used, f.Claim.Value) {
			l.warn("filter-unused", f.At, fmt.Sprintf("claim %s is filtered, but this rule uses it nowhere", show(f.Claim.Value)), fmt.Sprintf(`groups: "{%s}"`, f.Claim.Value))
		}
		l.groupTrap(r, f)
	}
}

// Claims gives the claims that the rule's templates use, as often as they do.
func (r *Rule) Claims() []string {
	var out []string
	for _, t := range r.Templates() {
		out = append(out, Claims(t.Value)...)
	}
	return out
}

// Templates gives the texts of a rule that may hold claims, in the order in which
// they are compiled.
func (r *Rule) Templates() []Text {
	var out []Text
	if u := r.User; u != nil {
		out = append(out, u.ID, u.Name, u.Email, u.Domain.ID, u.Domain.Name)
	}
	out = append(out, r.GroupsBy, r.GroupIDs)
	for _, g := range r.Projects {
		out = append(out, g.Project)
	}
	return out
}

// groupTrap: Keystone looks for the letters "name" in the printed list of groups
// and, where it finds them, takes the list for JSON and refuses the login
// (keystone/federation/utils.py, normalize_groups of _transform).
func (l *loader) groupTrap(r Rule, f Filter) {
	if f.Except || f.Matches || !slices.Contains(Claims(r.GroupsBy.Value), f.Claim.Value) {
		return
	}
	for _, v := range f.Values {
		if strings.Contains(v.Value, "name") {
			l.fail("group-name-trap", v.At, fmt.Sprintf("group %s holds the letters \"name\", which makes Keystone refuse every login that has it", show(v.Value)), "rename the group, or give it by a rule of its own with when and groups: [...]")
		}
	}
}
