package engine

import (
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/python"
)

// value is a piece of a rule's local part, prepared: what _update_local_mapping
// walks through. Exactly one of its forms is set.
type value struct {
	at       finding.Range
	text     *python.Template // a string
	constant any              // what has no placeholders: its result
	object   []entry
	list     []*value
	json     *jsonRule // projects_json of schema 3.0
	raises   error     // a number, true, false or null: it has no format method
	user     *value    // of an item of local: its user; nil when it has none
	asList   bool      // groups and group_ids: a list is kept as one
	needs    int       // direct maps without which it raises; uncertain if it may raise in other ways
}

// uncertain marks a value that may raise whatever direct maps there are.
const uncertain = -1

type entry struct {
	key   string
	value *value
}

// listed is the text of a Python list, kept as the list that literal_eval makes
// of it again.
type listed struct{ arg python.Arg }

// local prepares one item of a rule's local.
func (r rules) local(n *Node) *value {
	v := r.value(n)
	for _, e := range v.object {
		e.value.asList = e.key == "groups" || e.key == "group_ids"
		if e.key == "user" {
			v.user = e.value
		}
	}
	return v
}

func (r rules) value(n *Node) *value {
	v := &value{at: n.At}
	switch content := n.Value.(type) {
	case string:
		v.setText(content)
	case []Member:
		v.object = r.entries(content)
		v.fold(v.fields())
	case []*Node:
		v.list = r.values(content)
		v.fold(v.list)
	default:
		v.needs = uncertain
		v.raises = &python.Exception{Class: "AttributeError", Message: "a value that is no string has no attribute 'format'"}
	}
	return v
}

func (v *value) setText(text string) {
	v.text = python.ParseTemplate(text)
	result, isLiteral := v.text.Literal()
	index, isOnly := v.text.Only()
	switch {
	case isLiteral:
		v.constant = result
	case isOnly:
		v.needs = index + 1
	default:
		v.needs = uncertain
	}
}

func (v *value) fields() []*value {
	out := make([]*value, len(v.object))
	for i, e := range v.object {
		out[i] = e.value
	}
	return out
}

// fold gathers what the parts need, and makes a constant of a value whose parts
// are.
func (v *value) fold(parts []*value) {
	constant := true
	for _, part := range parts {
		constant = constant && part.constant != nil
		if v.needs == uncertain || part.needs == uncertain {
			v.needs = uncertain
		} else {
			v.needs = max(v.needs, part.needs)
		}
	}
	if constant {
		v.constant, _ = v.evaluateParts(&evaluation{}) // constants do not fail
	}
}

// raisesNothing reports whether so many direct maps are enough.
func (v *value) raisesNothing(direct int) bool { return v.needs != uncertain && v.needs <= direct }

func (r rules) entries(members []Member) []entry {
	out := make([]entry, 0, len(members))
	for _, m := range members {
		text, isText := m.Value.Value.(string)
		if r.takesProjectsJSON() && isText && (m.Key == "projects_json" || m.Key == "projects") {
			out = append(out, entry{m.Key, &value{at: m.Value.At, json: parseJSONRule(m.Key, text), needs: uncertain}})
			continue
		}
		out = append(out, entry{m.Key, r.value(m.Value)})
	}
	return out
}

// values prepares a list, whose items must be objects.
func (r rules) values(items []*Node) []*value {
	out := make([]*value, 0, len(items))
	for _, n := range items {
		v := r.value(n)
		if _, ok := n.Value.([]Member); !ok {
			v = &value{at: n.At, needs: uncertain, raises: &python.Exception{Class: "AttributeError", Message: "a value that is no object has no attribute 'items'"}}
		}
		out = append(out, v)
	}
	return out
}

// evaluate puts the direct maps into the value's strings. A string that a set's
// order decides becomes a chance; the error is what Python raises.
func (v *value) evaluate(e *evaluation) (any, error) {
	switch {
	case v.constant != nil:
		return v.constant, nil
	case v.text != nil:
		return v.format(e)
	case v.json != nil:
		got, err := v.json.evaluate(e.args)
		return got, located(err, v.at)
	case v.raises != nil:
		return nil, located(v.raises, v.at)
	}
	return v.evaluateParts(e)
}

func (v *value) evaluateParts(e *evaluation) (any, error) {
	if v.list != nil {
		return v.evaluateList(e)
	}
	return v.evaluateObject(e, "")
}

func (v *value) evaluateList(e *evaluation) (any, error) {
	out := make([]any, 0, len(v.list))
	for _, item := range v.list {
		got, err := item.evaluate(e)
		if err != nil {
			return nil, err
		}
		out = append(out, got)
	}
	return out, nil
}

// evaluateObject leaves out one key, whose value is known not to be asked for.
func (v *value) evaluateObject(e *evaluation, without string) (Object, error) {
	out := e.object(len(v.object))
	for _, part := range v.object {
		if part.key == without {
			continue
		}
		got, err := part.value.evaluate(e)
		if err != nil {
			return nil, err
		}
		out = append(out, Field{part.key, got})
	}
	return out, nil
}

// item evaluates an item of a rule's local. A user that raises nothing and will
// be passed over is left out.
func (v *value) item(e *evaluation, hasUser bool) (Object, error) {
	if known, ok := v.constant.(Object); ok {
		return known, nil
	}
	if hasUser && v.user != nil && v.user.raisesNothing(len(e.args)) {
		if len(v.object) == 1 {
			return nil, nil
		}
		return v.evaluateObject(e, "user")
	}
	return v.evaluateObject(e, "")
}

// givesUser reports whether the item names a user; an empty one does not count.
func (v *value) givesUser() bool { return v.user != nil && len(v.user.object) > 0 }
