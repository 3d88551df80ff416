package engine

import "strings"

// came is what came of a type: its values, split at ";", and their numbers.
type came struct {
	asked   bool // whether the environment was looked into
	present bool // whether it has the type
	values  []string
	numbers []int32
	listed  []int32 // the numbers of those that some requirement lists
	single  any     // the only value, once it was asked for
}

// of gives what came of a slot's type.
func (l *login) of(slot int) *came {
	c := &l.came[slot]
	if !c.asked {
		c.asked = true
		if text, ok := l.env[l.p.types[slot]]; ok {
			c.take(text, l.p.words)
		}
	}
	return c
}

func (c *came) take(text string, w *words) {
	c.present = true
	for {
		value, rest, more := strings.Cut(text, ";")
		c.add(value, w)
		if !more {
			return
		}
		text = rest
	}
}

func (c *came) add(value string, w *words) {
	n := w.find(value)
	if n != unlisted {
		c.listed = append(c.listed, n)
	}
	c.values, c.numbers = append(c.values, value), append(c.numbers, n)
}

// cameOf gives what values are worth, for asking single requirements.
func cameOf(values []string, w *words) *came {
	c := &came{asked: true, present: true}
	for _, v := range values {
		c.add(v, w)
	}
	return c
}

// forget makes room for another login.
func (c *came) forget() {
	clear(c.values)
	*c = came{values: c.values[:0], numbers: c.numbers[:0], listed: c.listed[:0]}
}
