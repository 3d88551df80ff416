package engine

import "github.com/fedstone/fedstone/internal/finding"

// Node is one JSON value and where it stands. Value is nil, bool, json.Number,
// string, []*Node or []Member.
type Node struct {
	At    finding.Range
	Value any
}

// Member is one entry of a JSON object. Of equal keys the last value counts, at
// the place of the first, as in a Python dictionary.
type Member struct {
	Key   string
	KeyAt finding.Range
	Value *Node
}

// Get gives an object's member; nil when it has none, or is no object.
func (n *Node) Get(key string) *Node {
	if n == nil {
		return nil
	}
	members, _ := n.Value.([]Member)
	for _, m := range members {
		if m.Key == key {
			return m.Value
		}
	}
	return nil
}

// Items gives an array's items; nil when it is no array.
func (n *Node) Items() []*Node {
	if n == nil {
		return nil
	}
	items, _ := n.Value.([]*Node)
	return items
}

// Text gives a string's value; "" when it is no string.
func (n *Node) Text() string {
	if n == nil {
		return ""
	}
	text, _ := n.Value.(string)
	return text
}

// IsTrue reports whether the value is JSON's true.
func (n *Node) IsTrue() bool { return n != nil && n.Value == true }
