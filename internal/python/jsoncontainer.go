package python

func (j *jsonReader) list() (any, error) {
	out := List{}
	if j.blanks(); j.accept("]") {
		return out, nil
	}
	for {
		v, err := j.value()
		if err != nil {
			return nil, err
		}
		out = append(out, v)
		j.blanks()
		switch {
		case j.accept("]"):
			return out, nil
		case !j.accept(","):
			return nil, j.fail("Expecting ',' delimiter", j.at)
		}
		j.blanks()
	}
}

func (j *jsonReader) object() (any, error) {
	out := &Dict{}
	if j.blanks(); j.accept("}") {
		return out, nil
	}
	for {
		key, value, err := j.entry()
		if err != nil {
			return nil, err
		}
		if err := out.Put(key, value); err != nil {
			return nil, err
		}
		j.blanks()
		switch {
		case j.accept("}"):
			return out, nil
		case !j.accept(","):
			return nil, j.fail("Expecting ',' delimiter", j.at)
		}
		j.blanks()
	}
}

func (j *jsonReader) entry() (key, value any, err error) {
	if j.peek() != '"' {
		return nil, nil, j.fail("Expecting property name enclosed in double quotes", j.at)
	}
	if key, err = j.text(); err != nil {
		return nil, nil, err
	}
	if j.blanks(); !j.accept(":") {
		return nil, nil, j.fail("Expecting ':' delimiter", j.at)
	}
	j.blanks()
	value, err = j.value()
	return key, value, err
}
