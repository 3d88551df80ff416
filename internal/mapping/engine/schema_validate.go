package engine

import (
	"maps"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
)

// violation is one error of JSON Schema.
type violation struct {
	keyword  string // type, required, additionalProperties, minItems, enum, oneOf; "" is the schema false
	shape    *shape // the shape that does not fit
	node     *Node  // the value it does not fit
	schema   path   // where in the schema, up to the keyword
	instance path   // where in the mapping
	message  string // what jsonschema says, by which Keystone sorts
	missing  string // required: the key
	extras   []Member
}

// validation collects every violation, as Draft4Validator.iter_errors does.
type validation struct {
	rules
	found []violation
}

func (v *validation) add(bad violation) {
	bad.message = v.pythonMessage(bad)
	v.found = append(v.found, bad)
}

func (v *validation) validate(n *Node, s *shape, schema, instance path) {
	here := violation{shape: s, node: n, schema: schema, instance: instance}
	if s.never {
		v.add(here)
		return
	}
	for keyword, bad := range map[string]bool{
		"type":     s.kind != "" && kindOf(n) != s.kind,
		"enum":     s.enum != nil && !among(s.enum, n),
		"oneOf":    s.forms != nil && !v.fitsOne(n, s.forms),
		"minItems": kindOf(n) == "array" && len(n.Items()) < s.least,
	} {
		if bad {
			wrong := here
			wrong.keyword = keyword
			v.add(wrong)
		}
	}
	v.members(here)
	if s.items != nil {
		for i, item := range n.Items() {
			v.validate(item, s.items, schema.to("items"), instance.to(i))
		}
	}
}

// members holds an object against required, properties and
// additionalProperties, which ask nothing of other values.
func (v *validation) members(here violation) {
	members, ok := here.node.Value.([]Member)
	if !ok {
		return
	}
	for _, key := range here.shape.required {
		if here.node.Get(key) == nil {
			wrong := here
			wrong.keyword, wrong.missing = "required", key
			v.add(wrong)
		}
	}
	if extras := unknown(members, here.shape.properties); here.shape.closed && len(extras) > 0 {
		wrong := here
		wrong.keyword, wrong.extras = "additionalProperties", extras
		v.add(wrong)
	}
	for _, m := range members {
		if s := here.shape.properties[m.Key]; s != nil {
			v.validate(m.Value, s, here.schema.to("properties").to(m.Key), here.instance.to(m.Key))
		}
	}
}

func unknown(members []Member, known map[string]*shape) []Member {
	return slices.DeleteFunc(slices.Clone(members), func(m Member) bool { return known[m.Key] != nil })
}

// fitsOne: two of Keystone's forms never fit at once, since each is closed and
// needs a key that the others lack.
func (v *validation) fitsOne(n *Node, forms []*shape) bool {
	return slices.ContainsFunc(forms, func(form *shape) bool {
		inner := validation{rules: v.rules}
		inner.validate(n, form, path{}, path{})
		return len(inner.found) == 0
	})
}

func among(values []string, n *Node) bool {
	text, ok := n.Value.(string)
	return ok && slices.Contains(values, text)
}

// kindOf gives JSON Schema's name of a value's type.
func kindOf(n *Node) string {
	switch n.Value.(type) {
	case nil:
		return "null"
	case bool:
		return "boolean"
	case string:
		return "string"
	case []*Node:
		return "array"
	case []Member:
		return "object"
	}
	return "number"
}

// near gives the known key that another most likely means; "" when none is near.
func (s *shape) near(key string) string { return nearest(key, s.known()) }

// nearest knows, besides slips, keys that were made shorter, such as any_of.
func nearest(key string, known []string) string {
	if near := finding.Nearest(key, known); near != "" {
		return near
	}
	for _, k := range known {
		if len(key) > 3 && shortens(key, k) {
			return k
		}
	}
	return ""
}

// shortens reports whether short is long without some of its characters.
func shortens(short, long string) bool {
	for _, c := range long {
		short = strings.TrimPrefix(short, string(c))
	}
	return short == ""
}

func (s *shape) known() []string { return slices.Sorted(maps.Keys(s.properties)) }
