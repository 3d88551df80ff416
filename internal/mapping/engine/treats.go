package engine

import "strings"

// Treats gives a text that is the same for two values of a type that every
// requirement on the type treats alike: for each that lists something, in order,
// 1 when the value is listed or found, 0 when not, or what searching raises.
func (p *Processor) Treats(name, value string) string {
	one := cameOf([]string{value}, p.words)
	var b strings.Builder
	for i := range p.all {
		for j := range p.all[i].remote {
			if q := &p.all[i].remote[j]; q.name == name && q.list != nil {
				b.WriteString(q.treats(one, &p.rules))
			}
		}
	}
	return b.String()
}

func (q *requirement) treats(one *came, r *rules) string {
	if q.raises != nil {
		return q.raises.Error()
	}
	hit, err := q.hit(one, 0, r)
	switch {
	case err != nil:
		return err.Error()
	case hit:
		return "1"
	}
	return "0"
}

// Takes reports whether a rule, counted from 0, asks for a type, and whether every
// requirement on it takes these values.
func (p *Processor) Takes(rule int, name string, values []string) (asked, takes bool) {
	c := cameOf(values, p.words)
	takes = true
	for i := range p.all[rule].remote {
		if q := &p.all[rule].remote[i]; q.name == name {
			v, err := q.judge(c, &p.rules)
			asked, takes = true, takes && err == nil && v.holds
		}
	}
	return asked, takes
}

// Holding gives the numbers of the rules that hold, counted from 1; nil when one
// raises.
func (p *Processor) Holding(env map[string]string) []int {
	l := p.login(env)
	var out []int
	for i := range p.all {
		holds, err := l.match(&p.all[i], nil)
		if err != nil {
			return nil
		}
		if holds {
			out = append(out, i+1)
		}
	}
	return out
}

// Odd names the way in which Keystone reads a group of this name as something
// else than a name; "" when it does not.
func Odd(value string) string {
	switch {
	case !plainText(value):
		return "literal"
	case strings.HasPrefix(value, "JSON:"):
		return "JSON"
	case strings.Contains(value, "name"):
		return "name"
	}
	return ""
}
