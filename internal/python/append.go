package python

// Arg is one direct map: a single value stands for itself, several or none for a
// list (DirectMaps.__getitem__ of keystone/federation/utils.py).
type Arg struct {
	Values []string
	Chance bool // the values are in the order of a set
}

// maxResult is the longest result, in bytes; a longer one is not made.
const maxResult = 64 << 20

// Append appends the result of str.format(*args) to dst. It gives dst back as it
// was with an *Exception, which Python raises, or an *Undecidable: the result
// holds a set's order or an address, or is longer than 64 MiB.
func (t *Template) Append(dst []byte, args []Arg, ver Version) ([]byte, error) {
	begin := len(dst)
	r := run{args: args, ver: ver, begin: begin}
	out, err := r.template(dst, t)
	if err == nil && r.open != nil {
		err = r.open
	}
	if err != nil {
		return dst[:begin], err
	}
	return out, nil
}

// run is one call of str.format.
type run struct {
	args  []Arg
	ver   Version
	begin int
	open  error // the text is left to chance, but a later error is not
}

func (r *run) template(dst []byte, t *Template) ([]byte, error) {
	for i := range t.pieces {
		p := &t.pieces[i]
		dst = append(dst, p.text...)
		if p.fails != nil {
			return dst, p.fails
		}
		var err error
		switch {
		case p.index >= 0:
			dst, err = r.plain(dst, p.index)
		case p.field != nil:
			dst, err = r.field(dst, p.field)
		}
		if err != nil {
			return dst, err
		}
		if len(dst)-r.begin > maxResult {
			return dst, errHuge()
		}
	}
	return dst, nil
}

// plain is field for {n}.
func (r *run) plain(dst []byte, index int) ([]byte, error) {
	switch {
	case index >= len(r.args):
		return dst, errReplacement(index)
	case len(r.args[index].Values) == 1:
		return append(dst, r.args[index].Values[0]...), nil
	}
	return r.list(dst, objectOf(r.args[index]))
}

func errReplacement(index int) error {
	return raise("IndexError", "Replacement index %d out of range for positional args tuple", index)
}

func errHuge() error { return undecidable("the result is longer than %d MiB", maxResult>>20) }

// field is output_markup: look up, convert, expand the spec, render.
func (r *run) field(dst []byte, f *field) ([]byte, error) {
	o, err := r.lookup(f)
	if err != nil {
		return dst, err
	}
	if o, err = o.convert(f.conversion, r.ver); err != nil {
		return dst, err
	}
	spec := f.spec
	if f.nested != nil {
		if spec, err = r.expand(o, f.nested); err != nil {
			return dst, err
		}
	}
	return r.render(dst, o, spec)
}

// expand makes a spec out of its nested fields. If it is left to chance, so is
// whether it is a spec at all, except that a list takes none.
func (r *run) expand(o object, nested *Template) (string, error) {
	inner := run{args: r.args, ver: r.ver}
	text, err := inner.template(nil, nested)
	if err == nil && inner.open != nil && (o.kind != list || len(text) == 0) {
		err = inner.open
	}
	return string(text), err
}

func (r *run) lookup(f *field) (object, error) {
	switch {
	case f.fails != nil:
		return object{}, f.fails
	case f.index < 0:
		return object{}, raise("KeyError", "%s", Repr(f.name, r.ver))
	case f.index >= len(r.args):
		return object{}, errReplacement(f.index)
	}
	o := objectOf(r.args[f.index])
	for _, s := range f.path {
		var err error
		if o, err = o.step(s, r.ver); err != nil {
			return o, err
		}
	}
	return o, nil
}
