package pysettings

import (
	"math/big"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/python"
)

// Kind says what a value is, as far as that is known.
type Kind int

// The kinds. Unknown is the zero value. A Scalar is a str, bytes, number, bool,
// None or the ellipsis.
const (
	Unknown Kind = iota
	Scalar
	Tuple
	List
	Set
	Dict
)

// object is a value as Python holds it: names and containers that share one share
// what is done to it.
type object struct {
	kind       Kind
	scalar     any
	translated bool // the text went through gettext
	gettext    bool // it is the function gettext
	items      []ref
	keys       []ref          // of a dict
	index      map[string]int // of a dict: places by key
	open       string         // why it is undecided
	seen       bool           // an immutable one whose parts are open already
}

// ref is an object at a place of the text.
type ref struct {
	at  finding.Range
	obj *object
}

func unknown(why string) *object { return &object{open: why} }

func scalar(v any) *object { return &object{kind: Scalar, scalar: v} }

// plain gives a decided scalar that is not translated, or nil and false.
func (o *object) plain() (any, bool) {
	if o.kind != Scalar || o.open != "" || o.translated {
		return nil, false
	}
	return o.scalar, true
}

func (o *object) text() (string, bool) {
	v, ok := o.plain()
	s, isText := v.(string)
	return s, ok && isText
}

func (o *object) integer() (*big.Int, bool) {
	v, ok := o.plain()
	i, isInt := v.(*big.Int)
	return i, ok && isInt
}

// known reports an object whose shape is known, though a part may not be.
func (o *object) known(kinds ...Kind) bool {
	for _, kind := range kinds {
		if o.kind == kind && o.open == "" {
			return true
		}
	}
	return false
}

// taint makes all that may change in an object undecided from now on.
func taint(o *object, why string) {
	for todo := []*object{o}; len(todo) > 0; {
		last := len(todo) - 1
		o, todo = todo[last], todo[:last]
		if o.seen || o.open != "" {
			continue
		}
		switch o.kind {
		case List, Set, Dict:
			o.open = why
		case Tuple:
			o.seen = true
		}
		for _, item := range o.items {
			todo = append(todo, item.obj)
		}
	}
}

// hash gives a key's text by which two are the same for Python. It reports false
// for what is undecided or unhashable, or a tuple of many parts.
func hash(o *object) (string, bool) {
	left := maxDepth
	v, ok := immutable(o, &left)
	if !ok {
		return "", false
	}
	key, err := python.Key(v)
	return key, err == nil
}

// immutable gives the value of plain scalars, and of tuples of them.
func immutable(o *object, left *int) (any, bool) {
	if *left--; *left < 0 || o.kind != Tuple {
		return o.plain()
	}
	out := make(python.Tuple, 0, min(len(o.items), *left))
	for _, item := range o.items {
		v, ok := immutable(item.obj, left)
		if !ok || *left < 0 {
			return nil, false
		}
		out = append(out, v)
	}
	return out, true
}

// put sets an entry of a dict, as python.Dict.Put does.
func (o *object) put(key, value ref) bool {
	k, ok := hash(key.obj)
	if !ok {
		return false
	}
	if i, there := o.index[k]; there {
		o.items[i] = value
		return true
	}
	if o.index == nil {
		o.index = map[string]int{}
	}
	o.index[k] = len(o.keys)
	o.keys, o.items = append(o.keys, key), append(o.items, value)
	return true
}
