package python

// render is render_field. An error of the spec is certain; a text that is left to
// chance is noted in open, for the rest of the template may still fail.
func (r *run) render(dst []byte, o object, spec string) ([]byte, error) {
	switch {
	case o.kind == list && spec != "":
		return dst, raise("TypeError", "unsupported format string passed to list.__format__")
	case o.kind == opaque && spec != "":
		return dst, o.chance
	case o.kind == opaque:
		r.open = o.chance
		return dst, nil
	case o.kind == list:
		return r.list(dst, o)
	}
	s, err := parseSpec(spec, r.ver)
	if err != nil {
		return dst, err
	}
	if o.kind == unknown {
		r.open = o.chance
		return dst, nil
	}
	return r.texts(dst, o.texts, s)
}

func (r *run) list(dst []byte, o object) ([]byte, error) {
	size := 2
	for _, v := range o.texts {
		size += len(v) + 4
	}
	if len(dst)-r.begin+size > maxResult {
		return dst, errHuge()
	}
	if o.chance != nil {
		r.open = o.chance
	}
	return appendStrings(dst, o.texts, r.ver, false), nil
}

// texts renders a str; where it is one of several, the spec must cut all alike.
func (r *run) texts(dst []byte, candidates []string, s spec) ([]byte, error) {
	text, _ := s.cut(candidates[0])
	for _, other := range candidates[1:] {
		if cut, _ := s.cut(other); cut != text {
			r.open = errOrder()
			return dst, nil
		}
	}
	if s.size(text) > maxResult-(len(dst)-r.begin) {
		return dst, errHuge()
	}
	return s.append(dst, text), nil
}
