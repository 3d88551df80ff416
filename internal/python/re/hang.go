package re

// manyRepeats is how many repetitions without a bound Python is trusted with, one after the other: each multiplies the
// steps of a search that fails by the length of the string.
const manyRepeats = 4

// mayHang tells whether a backtracking engine may need forever to find out that there is no match: a repetition of what
// can match in more than one way, or many repetitions. Go's regexp would answer at once where Keystone hangs.
func (e *expr) mayHang() bool {
	endless := 0
	e.walk(func(e *expr) {
		if e.op == opRepeat && e.max == unbounded {
			endless++
		}
	})
	return endless >= manyRepeats || e.any(func(e *expr) bool {
		return e.op == opRepeat && (e.max == unbounded || e.max > 1) && e.subs[0].any((*expr).ambiguous)
	})
}

// ambiguous tells whether an operator leaves a choice.
func (e *expr) ambiguous() bool { return e.op == opAlt || (e.op == opRepeat && e.min != e.max) }
