package pysettings

// simple follows one simple statement.
func (r *runner) simple(s *statement) {
	switch head := r.head(s); {
	case head.is("import"), head.is("from"):
		r.imports(s)
	case head.is("del"):
		r.delete(s)
	case begins(head, "pass", "global", "break", "continue"):
	default:
		r.assignment(s)
	}
}

// maybeSimple accounts for a statement that may run.
func (r *runner) maybeSimple(s *statement, why string) {
	switch head := r.head(s); {
	case head.is("import"), head.is("from"):
		for _, name := range r.importedNames(s) {
			r.bind(name, why)
		}
	case head.is("del"):
		r.scan(s.from, s.to, why)
		r.bindAll(s.from+1, s.to, why)
	case begins(head, "global"):
	default:
		r.scan(s.from, s.to, why)
		_, end := r.split(s)
		r.bindAll(s.from, end, why)
	}
}

// importedNames gives the places of all names of an import, and loses all for a
// star.
func (r *runner) importedNames(s *statement) []int {
	var out []int
	for i := s.from + 1; i < s.to; i++ {
		switch t := r.tokens[i]; {
		case t.is("*"):
			r.star(s)
		case t.identifier():
			out = append(out, i)
		}
	}
	return out
}

func (r *runner) delete(s *statement) {
	for i := s.from + 1; i < s.to; i++ {
		name := r.tokens[i].identifier() && (i+1 == s.to || r.tokens[i+1].is(","))
		if !name || i > s.from+1 && !r.tokens[i-1].is(",") {
			r.scan(s.from, s.to, "a part of it is deleted")
			r.bindPlain(s.from+1, s.to)
			return
		}
		i++
	}
	for i := s.from + 1; i < s.to; i += 2 {
		r.bind(i, "it is deleted")
		name := r.tokens[i].text
		r.scope.names[name].gone = r.scope.setLater[name] == ""
	}
}

// bindPlain binds the names of a deletion that are no base of a subscript.
func (r *runner) bindPlain(from, to int) {
	for i := from; i < to; i++ {
		if i+1 < to && (r.tokens[i+1].is("[") || r.tokens[i+1].is(".") || r.tokens[i+1].is("(")) {
			continue
		}
		r.bindAll(i, i+1, "it may be deleted")
	}
}

// augmented are the operators of augmented assignments.
var augmented = []string{"+=", "-=", "*=", "/=", "//=", "%=", "@=", "&=", "|=", "^=", ">>=", "<<=", "**="}

// split gives the places of the "=" of a chain, or of the one operator that
// assigns otherwise, and the end of what stands in front of the last.
func (r *runner) split(s *statement) (places []int, end int) {
	end = s.from
	for i := s.from; i < s.to; i = beyond(r.tokens, i) {
		t := r.tokens[i]
		switch {
		case t.is("lambda"):
			return places, end
		case t.is("="), r.x.any(i, i+1, augmented...), t.is(":") && len(places) == 0:
			places, end = append(places, i), i
		}
	}
	return places, end
}

// assignment follows an assignment of any form; another statement is only scanned.
func (r *runner) assignment(s *statement) {
	places, _ := r.split(s)
	switch {
	case len(places) == 0:
		r.scan(s.from, s.to, "a statement may change it: "+r.range_(s.from, s.from).String())
	case r.tokens[places[0]].is(":"):
		r.annotated(s, places)
	case r.tokens[places[0]].is("="):
		r.chain(s, places)
	default:
		r.augment(s, places[0])
	}
}

// annotated follows NAME: annotation = value.
func (r *runner) annotated(s *statement, places []int) {
	value := s.to
	if len(places) > 1 {
		value = places[1]
	}
	r.scan(places[0], value, "an annotation may change it")
	if value == s.to {
		r.scan(s.from, places[0], "an annotation may change it")
		return
	}
	r.assign(s.from, places[0], r.ref(r.x.list(value+1, s.to)))
}

func (r *runner) chain(s *statement, places []int) {
	last := places[len(places)-1]
	value := r.ref(r.x.list(last+1, s.to))
	from := s.from
	for _, place := range places {
		r.assign(from, place, value)
		from = place + 1
	}
}

// assign follows one target of an assignment.
func (r *runner) assign(from, to int, value ref) {
	if to == from+1 && r.tokens[from].identifier() {
		r.scope.set(r.tokens[from].text, r.range_(from, to), value)
		return
	}
	target := r.x.list(from, to)
	if target.kind == indexNode && r.item(target, value) {
		return
	}
	why := "an assignment that is not followed: " + r.range_(from, to).String()
	taint(value.obj, why)
	r.scan(from, to, why)
	if target.kind != indexNode && target.kind != attributeNode {
		r.bindAll(from, to, why)
	}
}

// item sets an entry of a dict that is known.
func (r *runner) item(target *node, value ref) bool {
	base, key := r.eval(target.items[0]), r.ref(target.items[1])
	return base.known(Dict) && base.put(key, value)
}

// augment follows NAME += value.
func (r *runner) augment(s *statement, place int) {
	name, value := r.tokens[s.from], r.ref(r.x.list(place+1, s.to))
	if place != s.from+1 || !name.identifier() || !r.tokens[place].is("+=") {
		why := "an assignment that is not followed: " + r.range_(s.from, s.from).String()
		taint(value.obj, why)
		r.scan(s.from, place, why)
		if place == s.from+1 {
			r.bind(s.from, why)
		}
		return
	}
	value.obj = r.addTo(r.scope.get(name.text), value.obj)
	r.scope.set(name.text, r.range_(s.from, place), value)
}
