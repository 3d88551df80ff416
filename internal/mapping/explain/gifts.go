package explain

import (
	"strconv"
	"strings"

	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/internal/python"
)

// gift is one value that a rule gave, by its path: user.name, projects[0].name.
type gift struct {
	path  string
	value any
}

// text is the value as a line shows it.
func (g gift) text() string {
	list, ok := g.value.([]any)
	if !ok {
		return value(scalar(g.value))
	}
	return values(texts(list))
}

// gifts lists the values of an evaluated item in their order.
func gifts(item engine.Object) []gift {
	var out []gift
	walk("", item, func(path string, leaf any) { out = append(out, gift{path, leaf}) })
	return out
}

// walk visits the leaves of an evaluated item. A list that stands for a claim's
// values is a leaf: it was one text of the rule.
func walk(path string, v any, visit func(path string, leaf any)) {
	list, isList := v.([]any)
	switch o, isObject := object(v); {
	case isObject:
		for _, f := range o {
			walk(strings.TrimPrefix(path+"."+f.Key, "."), f.Value, visit)
		}
	case isList && nested(list):
		for i, item := range list {
			walk(path+"["+itoa(i)+"]", item, visit)
		}
	default:
		visit(path, v)
	}
}

func itoa(i int) string { return strconv.Itoa(i) }

// nested reports whether a list holds objects.
func nested(list []any) bool {
	if len(list) == 0 {
		return false
	}
	_, ok := object(list[0])
	return ok
}

// templates gives the texts of a rule's local item as they are written, by their
// path.
func (r Report) templates(rule, item int) map[string]string {
	out := map[string]string{}
	if items := r.Document.Rules[rule-1].Get("local").Items(); item < len(items) {
		walkNode("", items[item], func(path, text string) { out[path] = text })
	}
	return out
}

func walkNode(path string, n *engine.Node, visit func(path, text string)) {
	switch v := n.Value.(type) {
	case string:
		visit(path, v)
	case []engine.Member:
		for _, m := range v {
			walkNode(strings.TrimPrefix(path+"."+m.Key, "."), m.Value, visit)
		}
	case []*engine.Node:
		for i, item := range v {
			walkNode(path+"["+itoa(i)+"]", item, visit)
		}
	}
}

// placeholders gives the numbers that a text of a rule names.
func placeholders(text string) []int { return python.ParseTemplate(text).Placeholders() }
