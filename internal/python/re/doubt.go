package re

import "slices"

// doubtful tells why an expression's answer cannot be known for sure; empty: it can.
//
// SRE keeps its captures in one array, which it does not always put back when it gives up a try; what is left there
// depends on the release, on patch releases even (gh-101955, gh-106052 and others of CPython). A match depends on it
// only where something refers to a group, so we stay away from the references that can see it.
func doubtful(e *expr, minor int) string {
	d := doubts{minor: minor, inside: map[int][]*expr{}}
	d.note(e, nil)
	d.visit(e, nil)
	return d.reason
}

type doubts struct {
	minor  int
	inside map[int][]*expr // what each group stands in
	reason string
}

// note finds where the groups stand: a conditional may come before its group.
func (d *doubts) note(e *expr, path []*expr) {
	if e.op == opGroup {
		d.inside[e.group] = path
	}
	for _, sub := range e.subs {
		d.note(sub, append(path[:len(path):len(path)], e))
	}
}

// visit goes down; path is what stands around e.
func (d *doubts) visit(e *expr, path []*expr) {
	switch e.op {
	case opGroup:
		d.group(path)
	case opCond:
		d.conditional(e, path)
		d.reference(e, path)
	case opRef:
		d.reference(e, path)
	}
	for _, sub := range e.subs {
		d.visit(sub, append(path[:len(path):len(path)], e))
	}
}

func (d *doubts) group(path []*expr) {
	for _, around := range path {
		if around.op == opAtomic {
			d.reason = "a reference to a group within an atomic group"
		}
		if around.op == opRepeat && around.mode == lazy && d.minor <= 11 {
			d.reason = "a reference to a group within a lazy repeat: Python before 3.12 does not always put it back"
		}
	}
}

func (d *doubts) conditional(e *expr, path []*expr) {
	for _, around := range path {
		if around.op == opGroup && around.group == e.group {
			d.reason = "a conditional on the group that it stands in"
		}
	}
}

// reference looks for a negative look-around that the group stands in, but the reference does not.
func (d *doubts) reference(e *expr, path []*expr) {
	for _, around := range d.inside[e.group] {
		if around.op == opLook && around.not && !slices.Contains(path, around) {
			d.reason = "a reference from outside to a group within a negative look-around"
		}
	}
}
