package re

// doubtful tells why an expression's answer cannot be known for sure; empty: it can.
//
// SRE keeps its captures in one array, which it does not always put back when it gives up a try; what is left there
// depends on the release, on patch releases even (gh-101955, gh-106052 and others of CPython). A match depends on it
// only where something refers to a group, so we stay away from the references that can see it.
func doubtful(e *expr) string {
	d := doubts{}
	d.visit(e, nil)
	return d.reason
}

type doubts struct{ reason string }

// visit goes down; path is what stands around e.
func (d *doubts) visit(e *expr, path []*expr) {
	switch e.op {
	case opGroup:
		d.group(path)
	case opCond:
		d.conditional(e, path)
	}
	for _, sub := range e.subs {
		d.visit(sub, append(path[:len(path):len(path)], e))
	}
}

func (d *doubts) group(path []*expr) {
	for _, around := range path {
		if around.op == opAtomic || around.op == opRepeat && around.mode == possessive {
			d.reason = "a reference to a group within a possessive repeat or an atomic group"
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
