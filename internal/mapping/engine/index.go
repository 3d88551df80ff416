package engine

// index tells which rules a login has to be tried with. A rule that raises
// nothing and wants one of some values holds for nobody who has none of them.
type index struct {
	always []uint64  // a bit for each rule that is tried with every login
	wants  [][]int32 // by number of a listed text: the rules that want it
}

// indexed makes the index of all rules.
func indexed(all []prepared) index {
	x := index{always: make([]uint64, (len(all)+63)/64)}
	for i := range all {
		texts, ok := all[i].wants()
		if !ok {
			x.always[i/64] |= 1 << (i % 64)
			continue
		}
		for _, n := range texts {
			x.put(n, int32(i))
		}
	}
	return x
}

func (x *index) put(number, rule int32) {
	for int(number) >= len(x.wants) {
		x.wants = append(x.wants, nil)
	}
	x.wants[number] = append(x.wants[number], rule)
}

// mark sets the bits of the rules that want a listed text.
func (x *index) mark(likely []uint64, number int32) {
	if int(number) < len(x.wants) {
		for _, rule := range x.wants[number] {
			likely[rule/64] |= 1 << (rule % 64)
		}
	}
}

// wants gives the texts of which one must come, if the rule raises nothing and
// has such a condition: that with the fewest.
func (r *prepared) wants() ([]int32, bool) {
	var best *requirement
	for _, q := range r.quick {
		if q.kind == AnyOneOf && q.texts != nil && (best == nil || len(q.texts) < len(best.texts)) {
			best = q
		}
	}
	if best == nil {
		return nil, false
	}
	return best.texts, true
}
