package mapping

import (
	"slices"
	"strconv"
	"strings"

	"github.com/fedstone/fedstone/internal/mapping/engine"
)

// right is something in the cloud that a rule gives to everybody whom it holds for.
type right struct {
	what string // group "readers", project "demo"
	at   *engine.Node
}

// rights gives the groups and projects that a rule names itself.
func (x *oneRule) rights() []right {
	var out []right
	for _, t := range x.texts {
		literal, fixed := t.template.Literal()
		switch {
		case !fixed || literal == "" || x.localUser():
		case t.at("group", "name"), t.at("group", "id"), t.at("groups"), t.at("group_ids"):
			out = append(out, right{"group " + quoted(literal), t.node})
		case t.at("projects", "name"):
			out = append(out, right{"project " + quoted(literal), t.node})
		}
	}
	return out
}

func listOf(rights []right) string {
	var parts []string
	for _, r := range rights {
		if !slices.Contains(parts, r.what) {
			parts = append(parts, r.what)
		}
	}
	return strings.Join(parts, ", ")
}

// taken reports whether a placeholder of the rule stands for a requirement.
func (x *oneRule) taken(q *requirement) bool {
	for _, t := range x.texts {
		if slices.Contains(x.sources(t), q) {
			return true
		}
	}
	return slices.ContainsFunc(x.local, func(item *engine.Node) bool {
		return jsonNumber(item.Get("projects_json")) == q.number || jsonNumber(item.Get("projects")) == q.number
	})
}

// jsonNumber gives the number that schema 3.0 reads at the beginning of a text of
// projects; -2 for none.
func jsonNumber(n *engine.Node) int {
	text := strings.TrimPrefix(n.Text(), "{")
	digits := text[:len(text)-len(strings.TrimLeft(text, "0123456789"))]
	if number, err := strconv.Atoi(digits); err == nil {
		return number
	}
	return -2
}
