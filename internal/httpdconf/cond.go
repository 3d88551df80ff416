package httpdconf

import (
	"errors"
	"strings"
)

// condition is start_cond_section: <IfModule>, <IfDefine>, <IfFile>, <IfDirective>
// and <IfSection>.
func (b *builder) condition(s *Site) {
	end := strings.LastIndexByte(s.line, '>')
	if end < 0 {
		b.noBracketAt(s)
		b.enter(s, true)
		return
	}
	arg, not := strings.CutPrefix(s.line[:end], "!")
	w, _, ok := nextWord(arg, 0)
	if !ok || w.value == "" {
		b.noCondition(s)
		b.enter(s, false)
		return
	}
	if end+1 < len(s.line) {
		b.behindTag(s)
	}
	b.enter(s, b.test(s, w.value, not) != not)
}

// test decides the condition without its `!`. What cannot be known is decided as
// if the user had written it to hold, if anything.
func (b *builder) test(s *Site, arg string, not bool) bool {
	switch s.key {
	case "<ifmodule":
		return b.modules.has(arg) || b.assumedModule(s, arg, not)
	case "<ifdefine":
		return b.defines.names[arg] > 0
	case "<iffile":
		return b.exists(s, arg)
	case "<ifsection":
		arg = "<" + arg
	}
	known := b.modules.directives[fold(arg)]
	if !known && b.modules.blind {
		b.guess(s, "whether a loaded module knows "+named(arg)+" cannot be told here; taken as no")
	}
	return known
}

// assumedModule is for parts of a configuration: the rest may load the module.
func (b *builder) assumedModule(s *Site, name string, not bool) bool {
	if !b.opt.Part {
		return false
	}
	b.guessModule(s, name)
	return true
}

func (b *builder) assumed(key string) bool {
	return b.opt.Part && (key == "<macro" || key == "use" || key == "undefmacro" || key == "<ifversion")
}

func (b *builder) exists(s *Site, arg string) bool {
	name, ok := merge(b.root, arg)
	if !ok {
		return false
	}
	_, err := b.opt.Files.Stat(clean(name))
	if errors.Is(err, ErrOutside) {
		b.guess(s, "whether the file exists cannot be told: it lies outside of the tree; taken as no")
	}
	return err == nil
}

// directoryOrOutside is for ServerRoot, of which a part of a tree may not have
// the folder.
func (b *builder) directoryOrOutside(name string) bool {
	info, err := b.opt.Files.Stat(clean(name))
	if err != nil {
		return errors.Is(err, ErrOutside)
	}
	return info.IsDir()
}

func (b *builder) ifVersion(s *Site) {
	words, ok := b.take(s, 1, 3)
	if !ok {
		b.enter(s, true)
		return
	}
	test, problem := readVersionTest(words)
	held := false
	if problem == "" {
		held, problem = b.testVersion(s, &test)
	}
	if problem != "" {
		b.badVersion(s, problem)
	}
	b.enter(s, held)
}

func (b *builder) testVersion(s *Site, test *versionTest) (bool, string) {
	if b.opt.Version != (Version{}) {
		return test.holds(b.opt.Version)
	}
	old, problem := test.holds(oldest())
	held, _ := test.holds(newest())
	if old != held {
		b.guess(s, "httpd's version is not known; the newest 2.4 is taken")
	}
	return held, problem
}

// enter begins a condition's content, or passes over it.
func (b *builder) enter(s *Site, held bool) {
	s.Held = held
	if held {
		b.conds = append(b.conds, condition{bracket: s.Name + ">", base: len(b.parents), at: &s.Command})
		return
	}
	b.soak(s)
}

// soak is ap_soak_end_container: it passes over a section and those in it, which
// must be balanced. httpd reports trouble at the opening tag of the condition.
func (b *builder) soak(s *Site) {
	open := []string{s.Name}
	told := false
	for r, ok := b.in.next(); ok; r, ok = b.in.next() {
		w, _, ok := nextWord(r.text, 0)
		if !ok || w.value[:min(1, len(w.value))] != "<" {
			continue
		}
		if len(w.value) == 1 || w.value[1] != '/' {
			open = append(open, soaked(w.value, r.text, w.to))
			continue
		}
		name := w.value[min(2, len(w.value)):max(len(w.value)-1, min(2, len(w.value)))]
		if !equalFold(name, open[len(open)-1]) && !told {
			b.wrongSoaked(s, &r, name, open[len(open)-1])
			told = true
		}
		if open = closeSoaked(open, name); len(open) == 0 {
			s.body.closing = r.spot()
			return
		}
	}
	b.endless(s)
}

// soaked is the name of a section that is passed over.
func soaked(word, line string, end int) string {
	if skipSpace(line, end) == len(line) {
		word = strings.TrimSuffix(word, ">")
	}
	return word[1:]
}

// closeSoaked ends the innermost section of a name; of a name that is not open,
// nothing.
func closeSoaked(open []string, name string) []string {
	for i := len(open) - 1; i >= 0; i-- {
		if equalFold(open[i], name) {
			return open[:i]
		}
	}
	return open
}
