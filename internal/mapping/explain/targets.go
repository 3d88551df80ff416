package explain

import (
	"strings"

	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/internal/python"
)

// targets gives the places of what one text of a rule made.
func (p *picture) targets(g gift, item engine.Object, user, projects bool) []end {
	first, rest, _ := strings.Cut(g.path, ".")
	switch {
	case first == "user" && user:
		key, _, _ := strings.Cut(rest, ".")
		return p.userRow(key)
	case first == "group":
		given, _ := item.Get("group")
		if o, _ := object(given); o.Text("id") != "" {
			return p.boxes(result{"group", value(o.Text("id")), "by id"})
		}
		return p.boxes(groupResult(given))
	case first == "groups":
		in, _ := item.Get("domain")
		return p.boxes(groupResults(g.value, in)...)
	case first == "group_ids":
		return p.boxes(idResults(g.value)...)
	case strings.HasPrefix(first, "projects") && projects:
		return p.projectBoxes(g, item)
	}
	return nil
}

func (p *picture) userRow(key string) []end {
	for _, box := range p.Results {
		for i, row := range box.Rows {
			if row.Key == key {
				return []end{{2, box.Y + ruleHead + i*rowHeight + rowHeight/2}}
			}
		}
	}
	return nil
}

// boxes gives the places of results; a result that is not there has none.
func (p *picture) boxes(wanted ...result) []end {
	var out []end
	for _, w := range wanted {
		for _, box := range p.Results {
			if box.result == w {
				out = append(out, end{2, box.Y + middle})
			}
		}
	}
	return out
}

// projectBoxes gives the place of the project that a path such as
// projects[0].name is about, or of all that projects_json brought.
func (p *picture) projectBoxes(g gift, item engine.Object) []end {
	given, _ := item.Get("projects")
	key, at, _ := strings.Cut(strings.TrimSuffix(strings.SplitN(g.path, ".", 2)[0], "]"), "[")
	if key == "projects_json" {
		given, _ = item.Get(key)
	}
	list, _ := given.([]any)
	var out []end
	for i, project := range list {
		if at == "" || at == itoa(i) {
			out = append(out, p.boxes(projectResult(project))...)
		}
	}
	return out
}

// groupResults gives the groups that a text of `groups` stands for.
func groupResults(v any, in any) []result {
	var out []result
	for _, item := range literal(v) {
		text, _ := item.(string)
		if whole, err := python.JSON(strings.TrimLeft(text, "JSON:")); strings.HasPrefix(text, "JSON:") && err == nil {
			out = append(out, groupResult(whole))
			continue
		}
		out = append(out, result{"group", value(scalar(item)), domain(in)})
	}
	return out
}

func idResults(v any) []result {
	var out []result
	for _, item := range literal(v) {
		out = append(out, result{"group", value(scalar(item)), "by id"})
	}
	return out
}

// literal gives the items of a list, or of a text that is written like one.
func literal(v any) []any {
	switch v := v.(type) {
	case []any:
		return v
	case string:
		read, err := python.LiteralEval(v, python.Default())
		if list, ok := read.(python.List); ok && err == nil {
			return list
		}
	}
	return []any{v}
}
