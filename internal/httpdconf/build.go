package httpdconf

import "strings"

// condition is an open <IfModule> or its like whose content is being read.
type condition struct {
	bracket string   // what must follow `</` at the end: "IfModule>"
	base    int      // how many sections were open before it
	at      *Command // its opening tag
}

// builder reads one file (ap_build_config), with the conditions in it
// (ap_build_cont_config) on a stack of its own: they may be nested very deep.
type builder struct {
	*loader
	in    *stream
	base  int // how many sections were open before the file
	conds []condition
}

func (l *loader) build(u *Unit) {
	b := builder{loader: l, in: newStream(u), base: len(l.parents)}
	for !l.stopped {
		r, ok := b.in.next()
		if !ok {
			break
		}
		if !b.sound(&r) || r.text == "" || b.closesCondition(&r) || r.text[0] == '#' {
			continue
		}
		b.line(&r)
	}
	b.finish()
}

// sound reports what is wrong with a line as such.
func (b *builder) sound(r *read) bool {
	if r.nul {
		b.nulByte(r)
	}
	if r.length > maxLine {
		b.longLine(r)
		return false
	}
	return true
}

// floor is how many sections stay open at a closing tag, whatever it says.
func (b *builder) floor() int {
	if n := len(b.conds); n > 0 {
		return b.conds[n-1].base
	}
	return b.base
}

func (b *builder) closesCondition(r *read) bool {
	n := len(b.conds)
	if n == 0 || len(b.parents) != b.conds[n-1].base || !strings.HasPrefix(r.text, "</") || !equalFold(r.text[2:], b.conds[n-1].bracket) {
		return false
	}
	at := b.conds[n-1].at
	at.body.closing = r.spot()
	b.conds = b.conds[:n-1]
	return true
}

// maxNesting is how deep sections may be nested: httpd, which calls itself for each,
// takes 10 000 and ends without a word at 20 000.
const maxNesting = 15000

// maxMissing is of how many undefined variables in one line is told.
const maxMissing = 8

// line is ap_build_config_sub.
func (b *builder) line(r *read) {
	missing := 0
	text, fits := b.defines.resolve(r.text, func(name string) {
		if missing++; missing <= maxMissing {
			b.undefined(r, name)
		}
	})
	if b.bytes += int64(max(0, len(text)-len(r.text))); !fits || b.bytes > b.opt.MaxBytes {
		b.tooMany(b.read(r, "", ""))
		return
	}
	w, next, ok := nextWord(text, 0)
	if !ok || w.value == "" {
		return
	}
	if len(w.value) > 1 && w.value[1] == '/' && w.value[0] == '<' {
		b.closing(r, w.value)
		return
	}
	c := b.read(r, w.value, text[next:])
	if b.count > b.opt.MaxCommands {
		b.tooMany(c)
		return
	}
	if b.executed(c) {
		return
	}
	b.tree.add(b.parent(), c)
	if c.Section && len(b.parents) == maxNesting {
		b.tooNested(c)
		return
	}
	if c.Section {
		b.parents = append(b.parents, c)
	}
	b.note(c)
}

// read makes a command of a line.
func (b *builder) read(r *read, name, args string) *Command {
	c := b.command()
	if len(name) < 2 || name[1] != '/' {
		name = strings.TrimSuffix(name, ">")
	}
	*c = Command{line: args, key: b.key(name), unit: r.unit, number: r.number, from: r.from, to: r.to, start: r.start}
	c.Name = name
	if strings.HasPrefix(name, "<") {
		c.Section, c.Name, c.body = true, name[1:], b.room()
		if args == "" {
			c.line = ">"
		}
	}
	return c
}

// closing reads a closing tag. httpd accepts only that of the innermost section;
// otherwise the rest is read as if the tag had closed its own.
func (b *builder) closing(r *read, tag string) {
	name := strings.TrimSuffix(tag[2:], ">")
	if len(b.parents) == b.floor() {
		b.strayTag(r, name)
		return
	}
	top := b.parent()
	switch {
	case !strings.HasSuffix(tag, ">"):
		b.openTag(r, name)
	case !equalFold(name, top.Name):
		b.wrongTag(r, name, top)
	}
	b.close(r, name)
}

// close ends the innermost section of a name, if there is one.
func (b *builder) close(r *read, name string) {
	for i := len(b.parents) - 1; i >= b.floor(); i-- {
		if !equalFold(b.parents[i].Name, name) {
			continue
		}
		c := b.parents[i]
		c.body.closing = r.spot()
		b.parents = b.parents[:i]
		return
	}
}

// finish ends a file. httpd says nothing when it ends within a condition.
func (b *builder) finish() {
	if len(b.parents) > b.base && !b.stopped {
		b.unclosedSection(b.parents[b.base:], len(b.conds) > 0)
	}
	b.parents = b.parents[:b.base]
	if n := len(b.conds); n > 0 && !b.stopped {
		b.unclosedCondition(b.conds[n-1].at)
	}
}
