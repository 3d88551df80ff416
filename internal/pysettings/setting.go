package pysettings

import (
	"slices"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/python"
)

// Setting is what a name stands for when all files have been executed.
type Setting struct {
	Name   string
	NameAt finding.Range // where it was set last; the zero Range where that is not known
	Part
}

// Part is a value, or a part of one.
//
// A decided one has a Value of internal/python's kinds. One that is not has the
// reason in Why, which is no secret and may be shown; if its shape is known all
// the same, Kind says so and Parts has its parts, some of which may be decided.
type Part struct {
	Kind    Kind
	Value   any
	Decided bool
	Why     string
	// Translated is a text that gettext may replace by that of another language.
	Translated bool
	// At is where the value is written, without brackets around a single one. What
	// stands for it by a name has the place of that name, but its parts their own.
	At finding.Range
	// Key is the key of a value in a dict.
	Key *Part
	// Parts are the items of a Tuple, List or Set, or the values of a Dict, in the
	// order in which they are written.
	Parts []Part
}

// Config is what files set together. It is not changed by its methods.
type Config struct {
	scope *scope
}

// New executes files in their order, as Horizon does with local_settings.py and
// then the snippets of local_settings.d: of two assignments the later one stays.
// After a file that Python refuses nothing is decided until it is set again.
func New(files ...*File) *Config {
	s := newScope()
	for i, f := range files {
		if i > 0 {
			s.boundary()
		}
		if f.opaque != "" {
			s.lose("nothing is known of " + finding.Printable(f.Path) + ": " + f.opaque)
			continue
		}
		r := runner{File: f, path: f.Path, scope: s, x: expressions{tokens: f.tokens}}
		r.all(f.statements)
	}
	return &Config{scope: s}
}

// Get gives a setting. It reports false for a name that is certainly not set; one
// that something such as an "import *" may have set is undecided.
func (c *Config) Get(name string) (Setting, bool) {
	s, b := c.scope, c.scope.names[name]
	out := Setting{Name: name}
	if b != nil {
		out.NameAt, out.At = b.name, b.value.at
	}
	switch {
	case s.anything != "":
		out.Why = s.anything
	case b != nil && b.epoch == s.epoch && !b.gone:
		out.Part = snapshot(b.value)
	case b != nil && b.epoch < s.epoch, b == nil && s.epoch > 0:
		out.Why = s.why
	default:
		return Setting{}, false
	}
	return out, true
}

// Names gives the names that the files set, or may set, in order. Names that
// nothing but an "import *" or the like could have set are not among them.
func (c *Config) Names() []string {
	var out []string
	for name, b := range c.scope.names {
		if !b.gone || b.epoch < c.scope.epoch {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

// maxParts bounds what one setting may have, since parts may be named often.
const maxParts = 1 << 17

func snapshot(v ref) Part {
	c := copier{left: maxParts, within: map[*object]bool{}}
	part := c.part(v)
	if c.left < 0 {
		return Part{Why: "it holds itself, or too many parts", At: v.at}
	}
	return part
}

// copier makes Parts of objects.
type copier struct {
	left   int
	within map[*object]bool // the containers around a part
}

func (c *copier) part(v ref) Part {
	o, out := v.obj, Part{At: v.at}
	if c.left--; c.left < 0 || c.within[o] || len(c.within) > maxDepth {
		c.left = -1
		return out
	}
	switch {
	case o.open != "" || o.kind == Unknown:
		out.Why = o.open
	case o.kind == Scalar:
		out.Kind, out.Value, out.Decided, out.Translated = Scalar, o.scalar, true, o.translated
	default:
		out.Kind = o.kind
		c.within[o] = true
		c.container(&out, o)
		delete(c.within, o)
	}
	return out
}

func (c *copier) container(out *Part, o *object) {
	out.Decided, out.Parts = true, make([]Part, 0, min(len(o.items), max(c.left, 0)))
	for i, item := range o.items {
		if c.left < 0 {
			return
		}
		part := c.part(item)
		if o.kind == Dict {
			key := c.part(o.keys[i])
			part.Key = &key
		}
		if !part.Decided && out.Decided {
			out.Decided, out.Why = false, part.Why
		}
		out.Parts = append(out.Parts, part)
	}
	if out.Decided {
		out.Value = value(o.kind, out.Parts)
	}
}

// value makes one value of decided parts.
func value(kind Kind, parts []Part) any {
	if kind == Dict {
		d := &python.Dict{}
		for _, part := range parts {
			_ = d.Put(part.Key.Value, part.Value) // the key was hashed before
		}
		return d
	}
	items := make([]any, len(parts))
	for i, part := range parts {
		items[i] = part.Value
	}
	switch kind {
	case Tuple:
		return python.Tuple(items)
	case Set:
		return python.Set(items)
	}
	return python.List(items)
}
