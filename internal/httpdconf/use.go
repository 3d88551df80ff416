package httpdconf

import (
	"fmt"
	"slices"
	"strings"
)

// defineMacro is macro_section: `<Macro name parameters…>`.
func (b *builder) defineMacro(s *Site) {
	if b.macros == nil {
		b.macros = map[string]*macro{}
	}
	end := strings.LastIndexByte(s.line, '>')
	var words []string
	if end > 0 {
		words = macroWords(s.line[:end])
	}
	m := macro{location: fmt.Sprintf("defined on line %d of \"%s\"", s.number, s.unit.Name)}
	if len(words) > 0 {
		m.name, m.params = fold(words[0]), words[1:]
	}
	problem := m.checkParams()
	switch {
	case end < 0:
		b.noBracketAt(s)
	case m.name == "":
		b.badMacro(s, "the macro has no name")
	case problem != "":
		b.badMacro(s, problem)
	case b.macros[m.name] != nil:
		b.macroTwice(s, m.name)
	}
	if !b.content(s, &m) || m.name == "" {
		return
	}
	b.unusedParams(s, &m)
	if problem != "" {
		m.lines, m.origin = nil, nil // httpd has refused it; it is used, and says nothing
	}
	b.macros[m.name] = &m
}

// content reads a macro's lines up to its end (get_lines_till_end_token).
func (b *builder) content(s *Site, m *macro) bool {
	nested := 1
	for r, ok := b.in.next(); ok && r.length < maxMacroLine-1; r, ok = b.in.next() {
		if strings.HasPrefix(r.text, "#") {
			continue
		}
		w, _, _ := nextWord(r.text, 0)
		switch {
		case equalFold(w.value, "</Macro>"):
			if nested--; nested == 0 {
				s.body.closing = r.spot()
				return true
			}
		case equalFold(w.value, "<Macro"):
			nested++
		}
		m.lines = append(m.lines, r.text+"\n")
		m.origin = append(m.origin, origin{unit: r.unit, from: r.from, to: r.to, line: r.start})
	}
	b.endless(s)
	return false
}

// useMacro is use_macro: the macro's lines are read next.
func (b *builder) useMacro(s *Site) {
	w, next, ok := nextWord(s.line, 0)
	name := fold(w.value)
	m := b.macros[name]
	switch {
	case b.macros == nil:
		b.badUse(s, "no macro is defined before this line")
	case !ok || name == "":
		b.badUse(s, "Use has no macro's name")
	case m == nil:
		b.badUse(s, "macro "+named(name)+" is not defined here")
	case strings.Contains(b.in.top.unit.Name, "macro '"+name+"'"):
		b.badUse(s, "macro "+named(name)+" uses itself")
	default:
		b.expand(s, m, macroWords(s.line[next:]))
	}
}

func (b *builder) expand(s *Site, m *macro, values []string) {
	if len(values) != len(m.params) {
		b.badUse(s, fmt.Sprintf("macro %s takes %d arguments, not %d", named(m.name), len(m.params), len(values)))
		return
	}
	lines, problem := m.expand(values)
	if problem != "" {
		b.badUse(s, problem)
		return
	}
	text := strings.Join(lines, "")
	name := fmt.Sprintf("macro '%s' (%s) used on line %d of \"%s\"", m.name, m.location, s.number, b.in.top.unit.Name)
	if !b.spend(s, int64(len(name)+len(text)*(1+len(m.params)/8))) { // macros that use macros have long names
		return
	}
	b.in.push(&Unit{Name: name, By: s, text: text, origin: m.origin})
}

func (b *builder) undefMacro(s *Site) {
	words, ok := b.take(s, 1, 1)
	if !ok {
		return
	}
	if b.macros[fold(words[0])] == nil {
		b.badUse(s, "there is no macro "+named(words[0])+" to remove")
		return
	}
	delete(b.macros, fold(words[0]))
}

// unusedParams warns as check_macro_contents does.
func (b *builder) unusedParams(s *Site, m *macro) {
	text := strings.Join(m.lines, "")
	i := slices.IndexFunc(m.params, func(p string) bool { return !strings.Contains(text, p) })
	if i >= 0 && len(m.lines) > 0 {
		b.unusedParam(s, m.params[i])
	}
}
