package explain

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
)

// result is one thing that a login gets: a user, a group or a project.
type result struct {
	Kind string // user, group, project
	Text string // its name
	More string // what else is said of it
}

// mostLines and mostBoxes are how many things of one kind are drawn.
const (
	mostLines = 12
	mostBoxes = 16
)

// some leaves out what is too much of one kind, and counts it.
func some(all []result, most int) []result {
	seen := map[string]int{}
	var out []result
	for i, item := range all {
		if seen[item.Kind]++; seen[item.Kind] <= most {
			out = append(out, item)
		}
		last := i+1 == len(all) || all[i+1].Kind != item.Kind
		if more := seen[item.Kind] - most; last && more > 0 {
			out = append(out, result{item.Kind, fmt.Sprintf("… %d more", more), ""})
		}
	}
	return out
}

// results lists what a login gets. The engine gives groups with repetitions,
// which Keystone resolves once; so they are listed once.
func (r Report) results() []result {
	m := r.Explanation.Mapped
	if m == nil {
		return nil
	}
	out := []result{{"user", value(r.userName()), userMore(m.User)}}
	out = append(out, distinctGroups(m)...)
	for _, p := range m.Projects {
		out = append(out, projectResult(p))
	}
	return out
}

// userName is the name that the user gets, as far as it is known.
func (r Report) userName() string {
	if r.Next != nil && r.Next.User.Name != "" {
		return r.Next.User.Name
	}
	user := r.Explanation.Mapped.User
	for _, key := range []string{"name", "id"} {
		if text := user.Text(key); text != "" {
			return text
		}
	}
	return "of REMOTE_USER"
}

func userMore(user engine.Object) string {
	var parts []string
	for _, f := range user {
		switch {
		case f.Key == "name":
		case f.Key == "domain":
			parts = append(parts, domain(f.Value))
		case f.Key == "type" && f.Value == "ephemeral":
		default:
			parts = append(parts, f.Key+" "+value(scalar(f.Value)))
		}
	}
	return strings.Join(parts, ", ")
}

func distinctGroups(m *engine.Mapped) []result {
	var out []result
	seen := map[result]bool{}
	add := func(g result) {
		if !seen[g] {
			seen[g] = true
			out = append(out, g)
		}
	}
	for _, id := range m.GroupIDs {
		add(result{"group", value(scalar(id)), "by id"})
	}
	for _, g := range m.GroupNames {
		add(groupResult(g))
	}
	return out
}

func groupResult(v any) result {
	o, ok := object(v)
	if !ok {
		return result{"group", value(scalar(v)), "no object of name and domain"}
	}
	in, _ := o.Get("domain")
	return result{"group", value(o.Text("name")), domain(in)}
}

func projectResult(v any) result {
	o, ok := object(v)
	if !ok {
		return result{"project", value(scalar(v)), ""}
	}
	more := "roles " + roles(o)
	if in, given := o.Get("domain"); given {
		more += ", " + domain(in)
	}
	return result{"project", value(o.Text("name")), more}
}

func roles(project engine.Object) string {
	given, _ := project.Get("roles")
	list, ok := given.([]any)
	if !ok {
		return cut(finding.Printable(scalar(given)), longest)
	}
	var names []string
	for _, item := range list {
		if o, ok := object(item); ok {
			names = append(names, o.Text("name"))
		} else {
			names = append(names, scalar(item))
		}
	}
	return values(names)
}
