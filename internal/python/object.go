package python

import (
	"slices"
)

type kind int

const (
	text    kind = iota // a str
	list                // a list of str
	unknown             // a str of which nothing is known
	opaque              // an attribute, of which nothing is known
)

// object is what a field's path has led to.
type object struct {
	kind   kind
	texts  []string // of a str, what it may be (one of several, if left to chance); of a list, the items
	chance error    // of a list: its order is left to chance; of unknown and opaque: why
}

func errOrder() error {
	return undecidable("several values in the order of a set, which is left to chance")
}

func objectOf(a Arg) object {
	if len(a.Values) == 1 {
		return object{kind: text, texts: a.Values}
	}
	o := object{kind: list, texts: a.Values}
	if a.Chance && differ(a.Values) {
		o.chance = errOrder()
	}
	return o
}

func differ(values []string) bool {
	for _, v := range values {
		if v != values[0] {
			return true
		}
	}
	return false
}

// step goes one ".name" or "[key]" further.
func (o object) step(s step, ver Version) (object, error) {
	switch {
	case s.fails != nil:
		return o, s.fails
	case o.kind == opaque:
		return o, o.chance
	case s.attribute:
		return o.attribute(s.name, ver)
	case s.index < 0 && o.kind == list:
		return o, raise("TypeError", "list indices must be integers or slices, not str")
	case s.index < 0:
		return o, raise("TypeError", "string indices must be integers, not 'str'")
	case o.kind == list:
		return o.item(s.index)
	}
	return o.character(s.index)
}

func (o object) item(i int) (object, error) {
	switch {
	case i >= len(o.texts):
		return o, raise("IndexError", "list index out of range")
	case o.chance != nil:
		return object{kind: text, texts: o.texts}, nil
	}
	return object{kind: text, texts: o.texts[i : i+1]}, nil
}

// character takes one character of each text that it may be.
func (o object) character(i int) (object, error) {
	out := object{kind: text}
	for _, s := range o.texts {
		if c, ok := characterAt(s, i); ok {
			out.texts = append(out.texts, c)
		}
	}
	switch len(out.texts) {
	case len(o.texts):
		return out, nil
	case 0:
		return o, raise("IndexError", "string index out of range")
	}
	return o, errOrder()
}

func characterAt(s string, i int) (string, bool) {
	for s != "" {
		size := runeSize(s)
		if i == 0 {
			return s[:size], true
		}
		s, i = s[size:], i-1
	}
	return "", false
}

// convert is do_conversion.
func (o object) convert(conversion rune, ver Version) (object, error) {
	switch conversion {
	case 0:
		return o, nil
	case 'r', 's', 'a':
	default:
		return o, raise("ValueError", "Unknown conversion specifier %c", conversion)
	}
	switch {
	case o.kind == text && conversion == 's':
		return o, nil
	case o.kind == opaque, o.chance != nil:
		return object{kind: unknown, chance: o.chance}, nil
	case o.kind == list:
		return object{texts: []string{string(appendStrings(nil, o.texts, ver, conversion == 'a'))}}, nil
	}
	out := object{kind: text}
	for _, s := range o.texts {
		out.texts = append(out.texts, string(appendString(nil, s, ver, conversion == 'a')))
	}
	return out, nil
}

// attribute tells what certainly is no attribute. What is one is mostly a method,
// whose text holds an address.
func (o object) attribute(name string, ver Version) (object, error) {
	known := strAttributes
	class := "str"
	if o.kind == list {
		known, class = listAttributes, "list"
	}
	if _, ok := slices.BinarySearch(known, name); !ok && !objectAttribute(name, ver) {
		return o, raise("AttributeError", "'%s' object has no attribute '%s'", class, name)
	}
	return object{kind: opaque, chance: undecidable("the text of %s.%s depends on Python's insides, such as an address", class, name)}, nil
}

func objectAttribute(name string, ver Version) bool {
	_, ok := slices.BinarySearch(objectAttributes, name)
	return ok || name == "__getstate__" && ver.AtLeast(11)
}
