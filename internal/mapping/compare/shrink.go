package compare

import (
	"maps"
	"slices"
	"strings"
)

// shrink makes a login smaller while its difference stays of the same kind: it
// leaves out types, and values.
func (s *search) shrink(kind Kind, env map[string]string) map[string]string {
	for changed := true; changed; {
		changed = false
		for _, name := range slices.Sorted(maps.Keys(env)) {
			if smaller, ok := s.smaller(kind, env, name); ok {
				env, changed = smaller, true
			}
		}
	}
	return env
}

// smaller gives the first smaller login, changed in one type, that keeps the kind.
func (s *search) smaller(kind Kind, env map[string]string, name string) (map[string]string, bool) {
	without := maps.Clone(env)
	delete(without, name)
	if s.is(kind, without) {
		return without, true
	}
	values := strings.Split(env[name], ";")
	for i := range values {
		fewer := slices.Delete(slices.Clone(values), i, i+1)
		with := maps.Clone(env)
		with[name] = strings.Join(fewer, ";")
		if len(fewer) > 0 && s.is(kind, with) {
			return with, true
		}
	}
	return nil, false
}

func (s *search) is(kind Kind, env map[string]string) bool {
	got, decided := s.judge(env)
	return decided && got == kind
}
