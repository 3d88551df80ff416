package templates

// slots numbers the values of a sheet while they are named, so that the names a
// template uses and the values laid into it come from one list.
type slots struct {
	data   map[string]any
	values []string
}

func newSlots() *slots { return &slots{data: map[string]any{}} }

func (s *slots) one(name, value string) {
	s.data[name] = s.next(value)
}

func (s *slots) many(name string, values []string) {
	list := make([]slot, 0, len(values))
	for _, v := range values {
		list = append(list, s.next(v))
	}
	s.data[name] = list
}

// fact is something a template decides by; it is not written.
func (s *slots) fact(name string, value any) { s.data[name] = value }

func (s *slots) next(value string) slot {
	s.values = append(s.values, value)
	return slot(len(s.values) - 1)
}
