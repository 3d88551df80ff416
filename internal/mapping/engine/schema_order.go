package engine

import (
	"encoding/json"
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/fedstone/fedstone/internal/python"
)

// path is a place in the mapping or in the schema: keys and indexes. The zero
// path is the root.
type path struct {
	up   *path
	step any // string or int; nil at the root
}

func (p path) to(step any) path { return path{&p, step} }

// steps gives the keys and indexes from the root on.
func (p path) steps() []any {
	if p.up == nil {
		return nil
	}
	return append(p.up.steps(), p.step)
}

// index writes the path as jsonschema does (_utils.format_as_index).
func (p path) index(container string) string {
	for _, step := range p.steps() {
		if text, ok := step.(string); ok {
			step = "'" + text + "'"
		}
		container += fmt.Sprintf("[%v]", step)
	}
	return container
}

// sort orders as Keystone does: by str(error), which is the message, the
// schema's path and text, and the value's path and text (jsonschema/exceptions.py).
// Equal schema paths mean equal schemas, and no two errors share all of message,
// schema path and instance path.
//
// jsonschema 4.21 and later say "[] should be non-empty" where older ones say
// "[] is too short": both sort behind every other message that begins with [].
func (v *validation) sort() {
	keys := make(map[*violation]string, len(v.found))
	order := make([]*violation, 0, len(v.found))
	for i := range v.found {
		bad := &v.found[i]
		keys[bad] = fmt.Sprintf("%s\n\nFailed validating %s in %s:\n\nOn %s:", bad.message, quoted(bad.keyword), bad.schema.index("schema"), bad.instance.index("instance"))
		order = append(order, bad)
	}
	slices.SortFunc(order, func(a, b *violation) int { return strings.Compare(keys[a], keys[b]) })
	sorted := make([]violation, 0, len(order))
	for _, bad := range order {
		sorted = append(sorted, *bad)
	}
	v.found = sorted
}

func quoted(keyword string) string {
	if keyword == "" {
		return "None"
	}
	return "'" + keyword + "'"
}

// pythonMessage is jsonschema's text for an error (_validators.py), in which the
// value stands as Python writes it.
func (v *validation) pythonMessage(bad violation) string {
	switch bad.keyword {
	case "required":
		return "'" + bad.missing + "' is a required property"
	case "additionalProperties":
		return v.extrasMessage(bad.extras)
	case "":
		return "False schema does not allow " + v.repr(bad.node)
	}
	return v.repr(bad.node) + " " + map[string]string{
		"type":     "is not of type '" + bad.shape.kind + "'",
		"enum":     "is not one of ['" + strings.Join(bad.shape.enum, "', '") + "']",
		"oneOf":    "is not valid under any of the given schemas",
		"minItems": "is too short",
	}[bad.keyword]
}

// extrasMessage names all keys at once, sorted.
func (v *validation) extrasMessage(extras []Member) string {
	var keys, texts []string
	for _, m := range extras {
		keys = append(keys, m.Key)
	}
	slices.Sort(keys)
	for _, key := range keys {
		texts = append(texts, python.Repr(key, v.python))
	}
	verb := "was"
	if len(texts) > 1 {
		verb = "were"
	}
	return fmt.Sprintf("Additional properties are not allowed (%s %s unexpected)", strings.Join(texts, ", "), verb)
}

func (v *validation) repr(n *Node) string { return python.Repr(pythonValue(n), v.python) }

// pythonValue gives a node as json.loads would.
func pythonValue(n *Node) any {
	switch value := n.Value.(type) {
	case []*Node:
		list := make(python.List, 0, len(value))
		for _, item := range value {
			list = append(list, pythonValue(item))
		}
		return list
	case []Member:
		return dict(value)
	case json.Number:
		return number(string(value))
	}
	return n.Value
}

func dict(members []Member) *python.Dict {
	d := &python.Dict{}
	for _, m := range members {
		if err := d.Put(m.Key, pythonValue(m.Value)); err != nil {
			panic("engine: a string is a key of any dictionary: " + err.Error())
		}
	}
	return d
}

// number gives an int for digits alone, else a float; too large a float is inf.
func number(text string) any {
	if i, ok := new(big.Int).SetString(text, 10); ok {
		return i
	}
	f, _ := strconv.ParseFloat(text, 64) // the only error is one of range, which gives an infinity
	return f
}
