package probe

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/fedstone/fedstone/internal/keystone"
)

// compareTexts holds one text against its name and further spellings of it.
func compareTexts(key, wanted, came string, others ...string) held {
	return held{key: key, wanted: wanted, came: came, ok: wanted == came || slices.Contains(others, wanted)}
}

// compareNames holds wanted names or ids against what came: these and no others.
// Where names of what came are not known, the difference may be one of spelling.
func compareNames(key string, wanted []string, came []name) held {
	h := held{key: key, wanted: listing(wanted), came: listing(spelled(came))}
	missing := slices.DeleteFunc(slices.Clone(wanted), func(w string) bool { return slices.ContainsFunc(came, named(w)) })
	nameless, besides := 0, 0
	for _, n := range came {
		switch {
		case slices.ContainsFunc(wanted, func(w string) bool { return named(w)(n) }):
		case n.Name == "":
			nameless++
		default:
			besides++
		}
	}
	h.ok = len(missing)+nameless+besides == 0
	if besides == 0 && nameless > 0 && len(wanted) > 0 && len(missing) <= nameless {
		h.untold = "not all of them are known by name"
	}
	return h
}

func named(wanted string) func(name) bool {
	return func(n name) bool { return wanted == n.ID || wanted == n.Name }
}

func spelled(all []name) []string {
	var out []string
	for _, n := range all {
		if n.Name == "" {
			n.Name = n.ID
		}
		out = append(out, n.Name)
	}
	slices.Sort(out)
	return out
}

// listing writes a list as the description has it.
func listing(list []string) string {
	var out []string
	for _, text := range list {
		if strings.ContainsAny(text, " ,:#[]{}\"'&*!|>%@`") || text == "" {
			text = strconv.Quote(text)
		}
		out = append(out, text)
	}
	return "[" + strings.Join(out, ", ") + "]"
}

// compareGroups holds groups by name, although Keystone's token has their ids alone.
func (v *visit) compareGroups(ctx context.Context, wanted []string, t tokenBody) held {
	came, _ := t.names(groupsPath)
	h := compareNames("groups", wanted, came)
	if h.untold == "" {
		return h
	}
	why := v.nameGroups(ctx, came, t.text("user.id"))
	h = compareNames("groups", wanted, came)
	if h.untold != "" {
		h.untold = why
	}
	return h
}

// nameGroups puts names to ids. Keystone tells a user the names of its own groups
// only while its membership counts beyond the token (authorization_ttl); an admin
// is told any (identity:get_group).
func (v *visit) nameGroups(ctx context.Context, groups []name, user string) (why string) {
	own, a, err := v.session.Groups(ctx, user)
	for i, g := range groups {
		if at := slices.IndexFunc(own, func(n keystone.Named) bool { return n.ID == g.ID }); at >= 0 {
			groups[i].Name = own[at].Name
		}
	}
	why = "Keystone's token holds ids, and Keystone does not tell this user the names; " +
		"`probe --cloud NAME` asks as an administrator, or set authorization_ttl of the identity provider"
	if err != nil || a.Status != 200 {
		why += fmt.Sprintf(" (its own groups: %d)", a.Status)
	}
	if v.opts.GroupName == nil {
		return why
	}
	return v.nameByAdmin(ctx, groups)
}

func (v *visit) nameByAdmin(ctx context.Context, groups []name) (why string) {
	for i, g := range groups {
		if g.Name != "" {
			continue
		}
		text, err := v.opts.GroupName(ctx, g.ID)
		if err != nil {
			why = fmt.Sprintf("the name of group %s cannot be had: %s", g.ID, err)
			continue
		}
		groups[i].Name = text
	}
	return why
}
