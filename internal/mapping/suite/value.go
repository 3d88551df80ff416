package suite

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/internal/spec"
)

// keys are those of `want`, in the order in which differences are told.
func keys() []string {
	return []string{"undecidable", "refused", "error", "status", "rules", "user", "id", "email", "domain", "type", "groups", "group_ids", "projects"}
}

// ofLogin reports whether a key asks for something that only a login has.
func ofLogin(key string) bool {
	return slices.Index(keys(), key) > slices.Index(keys(), "rules")
}

// got gives what came under a key, in the form in which want asks for it.
func (o outcome) got(key string, want map[string]any) any {
	switch key {
	case "undecidable":
		return o.Undecidable != nil
	case "refused":
		return o.status == refusedStatus
	case "error":
		return o.class
	case "status":
		return o.status
	case "rules":
		return o.holding()
	case "user":
		return o.next.User.Name
	case "id":
		return o.uniqueID()
	case "email":
		return o.next.User.Email
	case "domain":
		return o.domain(want[key])
	case "type":
		return o.next.User.Type
	case "group_ids":
		return o.groupIDs()
	case "groups":
		return o.groups(want)
	}
	return o.grants()
}

// domain gives the user's domain by name or by id, as it is asked for.
func (o outcome) domain(wanted any) any {
	d := o.next.User.Domain
	if wanted == d.ID {
		return d.ID
	}
	return cmp.Or(d.Name, d.ID)
}

func (o outcome) groupIDs() []any {
	out := []any{}
	for _, g := range o.next.Groups {
		if g.ID != "" {
			out = append(out, g.ID)
		}
	}
	return out
}

// groups gives each group by the form in which want has it. Those by id are left
// out where want asks for them under a key of their own.
func (o outcome) groups(want map[string]any) []any {
	asked, _ := wanted("groups", want).([]any)
	_, apart := want["group_ids"]
	out := []any{}
	for _, g := range o.next.Groups {
		forms := groupForms(g)
		i := slices.IndexFunc(forms, func(form string) bool { return slices.Contains(asked, any(form)) })
		if i < 0 && g.ID != "" && apart {
			continue
		}
		out = append(out, forms[max(i, 0)])
	}
	return out
}

// groupForms are the ways to name a group, the plainest one first.
func groupForms(g engine.SoughtGroup) []string {
	if g.ID != "" {
		return []string{byID(g.ID), g.ID}
	}
	forms := []string{g.Name}
	if g.Domain != nil {
		for _, domain := range []string{g.Domain.Name, g.Domain.ID} {
			if domain != "" {
				forms = append(forms, g.Name+"@"+domain)
			}
		}
	}
	return forms
}

func byID(id string) string { return fmt.Sprintf("{id: %s}", id) }

func (o outcome) grants() []any {
	out := []any{}
	for _, p := range o.next.Projects {
		for _, role := range p.Roles {
			out = append(out, p.Name+"/"+role)
		}
	}
	return out
}

// wanted gives what want has under a key, in the form of got: groups as texts.
func wanted(key string, want map[string]any) any {
	list, ok := want[key].([]any)
	if !ok {
		return want[key]
	}
	out := make([]any, 0, len(list))
	for _, item := range list {
		if g, ok := item.(spec.WantedGroup); ok {
			item = groupText(g)
		}
		out = append(out, item)
	}
	return out
}

func groupText(g spec.WantedGroup) string {
	switch {
	case g.ID != "":
		return byID(g.ID)
	case g.Domain != "":
		return g.Name + "@" + g.Domain
	}
	return g.Name
}

// inOrder gives a list in an order of its own, since neither side has one;
// anything else stays as it is.
func inOrder(value any) any {
	list, ok := value.([]any)
	if !ok {
		return value
	}
	return slices.SortedFunc(slices.Values(list), func(a, b any) int {
		if x, ok := a.(int); ok {
			y, _ := b.(int)
			return cmp.Compare(x, y)
		}
		return cmp.Compare(fmt.Sprint(a), fmt.Sprint(b))
	})
}
