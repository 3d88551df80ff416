package saml

import "strings"

// Element is an element as it was read. Names are in their namespaces, whatever
// the prefixes; Text is its own character data.
type Element struct {
	Space, Local string
	Attributes   []Attribute
	Children     []*Element
	Text         string

	start, inside, behind, end int // offsets: of the element, and of what is in it
}

// Attribute is one of an element; declarations of namespaces are none.
type Attribute struct{ Space, Local, Value string }

func (e *Element) is(space, local string) bool {
	return e != nil && e.Space == space && e.Local == local
}

// attribute gives the value of an attribute without a namespace, or "".
func (e *Element) attribute(local string) string {
	if e == nil {
		return ""
	}
	for _, a := range e.Attributes {
		if a.Space == "" && a.Local == local {
			return a.Value
		}
	}
	return ""
}

// all gives the children of a name.
func (e *Element) all(space, local string) []*Element {
	if e == nil {
		return nil
	}
	var out []*Element
	for _, c := range e.Children {
		if c.is(space, local) {
			out = append(out, c)
		}
	}
	return out
}

// one gives the first child of a name, and nil where there is none.
func (e *Element) one(space, local string) *Element {
	if all := e.all(space, local); len(all) > 0 {
		return all[0]
	}
	return nil
}

// text gives an element's text without the space around it; "" of no element.
func (e *Element) text() string {
	if e == nil {
		return ""
	}
	return strings.TrimSpace(e.Text)
}
