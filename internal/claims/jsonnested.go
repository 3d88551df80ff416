package claims

import "fmt"

func (r *reader) members() (any, error) {
	m := members{src: r.src, object: Object{}}
	for first := true; ; first = false {
		if done, err := r.more('}', first); done || err != nil {
			r.findings = append(r.findings, m.findings...)
			return m.object, err
		}
		c, err := r.member()
		if err != nil {
			return nil, err
		}
		m.add(c)
	}
}

func (r *reader) member() (Claim, error) {
	if r.at >= len(r.src.text) || r.src.text[r.at] != '"' {
		return Claim{}, r.unexpected(`a name in double quotes`)
	}
	from := r.at
	name, err := r.text()
	if err != nil {
		return Claim{}, err
	}
	c := Claim{Name: name.(string), At: r.src.span(from, r.at)}
	if r.blank(); r.at >= len(r.src.text) || r.src.text[r.at] != ':' {
		return Claim{}, r.unexpected("a colon")
	}
	r.at++
	c.Value, err = r.value()
	return c, err
}

func (r *reader) items() (any, error) {
	list := List{}
	for first := true; ; first = false {
		if done, err := r.more(']', first); done || err != nil {
			return list, err
		}
		v, err := r.value()
		if err != nil {
			return nil, err
		}
		list = append(list, v)
	}
}

// more moves to the next item, over the comma before it; true at the end.
func (r *reader) more(end byte, first bool) (bool, error) {
	r.blank()
	if r.at < len(r.src.text) && r.src.text[r.at] == end {
		r.at++
		return true, nil
	}
	if first {
		return false, nil
	}
	if r.at >= len(r.src.text) || r.src.text[r.at] != ',' {
		return false, r.unexpected(fmt.Sprintf("a comma or %q", end))
	}
	r.at++
	if r.blank(); r.at < len(r.src.text) && r.src.text[r.at] == end {
		return false, r.unexpected("another item behind the comma")
	}
	return false, nil
}
