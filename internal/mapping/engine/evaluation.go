package engine

import "github.com/fedstone/fedstone/internal/python"

// evaluation is what values are evaluated with: the direct maps of the rule that
// holds, and a store of fields, so that objects are not made one by one.
type evaluation struct {
	rules
	args   []python.Arg
	single []any // the only value of an arg, if it is known as any already
	open   bool  // some text was left to chance
	fields Object
}

// chunk is how many fields are made at a time.
const chunk = 32

// object gives an empty object with room for n fields.
func (e *evaluation) object(n int) Object {
	if cap(e.fields)-len(e.fields) < n {
		e.fields = make(Object, 0, max(n, min(chunk, 2*cap(e.fields)+8)))
	}
	from := len(e.fields)
	e.fields = e.fields[:from+n]
	return e.fields[from : from : from+n]
}

// forget takes the direct maps away, before another rule.
func (e *evaluation) forget() { e.args, e.single = e.args[:0], e.single[:0] }

// direct adds a direct map. Its only value is kept as c has it, if it is c's.
func (e *evaluation) direct(arg python.Arg, c *came) {
	var single any
	if len(arg.Values) == 1 && len(c.values) == 1 {
		if c.single == nil {
			c.single = c.values[0]
		}
		single = c.single
	}
	e.args, e.single = append(e.args, arg), append(e.single, single)
}
