package templates

// slots numbers the values of a sheet while they are named, so that the names a
// template uses and the values laid into it come from one list. The zero slots
// is empty.
type slots struct {
	names  []named
	values []string
}

type named struct {
	name  string
	value any // slot, []slot, or a fact
}

func newSlots() *slots {
	return &slots{names: make([]named, 0, 16), values: make([]string, 0, 16)}
}

// reset empties the slots. The values that were there are no longer theirs.
func (s *slots) reset() { s.names, s.values = s.names[:0], make([]string, 0, cap(s.values)) }

func (s *slots) one(name, value string) { s.fact(name, s.next(value)) }

func (s *slots) many(name string, values []string) {
	list := make([]slot, 0, len(values))
	for _, v := range values {
		list = append(list, s.next(v))
	}
	s.fact(name, list)
}

// fact is something a template decides by; it is not written.
func (s *slots) fact(name string, value any) { s.names = append(s.names, named{name, value}) }

func (s *slots) next(value string) slot {
	s.values = append(s.values, value)
	return slot(len(s.values) - 1)
}

// data is what a template is executed with. It is made once for a shape.
func (s *slots) data() map[string]any {
	out := make(map[string]any, len(s.names))
	for _, n := range s.names {
		out[n.name] = n.value
	}
	return out
}
