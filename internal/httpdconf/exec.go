package httpdconf

import "strings"

// executed runs a command that httpd executes while it reads; false if it is none,
// or the module that brings it is not loaded.
func (b *builder) executed(c *Command) bool {
	run := onReadCommand(c.key)
	if run == nil || !b.modules.executes(c.key) && !b.assumed(c.key) {
		return false
	}
	s := &Site{Command: *c}
	s.parent = b.parent()
	b.tree.Sites = append(b.tree.Sites, s)
	run(b, s)
	return true
}

// onReadCommand gives what runs a command of a (folded) name: those that are
// EXEC_ON_READ in httpd's own modules and mod_perl.
func onReadCommand(key string) func(*builder, *Site) {
	switch key {
	case "<ifmodule", "<ifdefine", "<iffile", "<ifdirective", "<ifsection":
		return (*builder).condition
	case "<ifversion":
		return (*builder).ifVersion
	case "define":
		return (*builder).define
	case "undefine":
		return (*builder).undefine
	case "include", "includeoptional":
		return (*builder).include
	case "serverroot":
		return (*builder).serverRoot
	case "loadmodule":
		return (*builder).loadModule
	case "<macro":
		return (*builder).defineMacro
	case "use":
		return (*builder).useMacro
	case "undefmacro":
		return (*builder).undefMacro
	case "defaultruntimedir":
		return (*builder).runtimeDir
	case "loadfile", "luaauthzprovider", "macroignoreemptyargs", "macroignorebadnesting":
		return func(*builder, *Site) {}
	case "<perl", "<luaquickhandler", "<luahooktranslatename", "<luahookfixups", "<luahookmaptostorage", "<luahookcheckuserid",
		"<luahooktypechecker", "<luahookaccesschecker", "<luahookauthchecker":
		return (*builder).opaque
	}
	return nil
}

// take gives the words of a command that takes so many (TAKE1, TAKE2, TAKE12), or
// reports that httpd refuses them.
func (b *builder) take(s *Site, least, most int) ([]string, bool) {
	words, rest := []string{}, s.line
	for len(words) < most {
		w, next, ok := nextWord(rest, 0)
		if !ok || w.value == "" && len(words) < least {
			break
		}
		words, rest = append(words, w.value), rest[next:]
	}
	if len(words) < least || rest != "" {
		b.wrongCount(s, least, most)
		return nil, false
	}
	return words, true
}

func (b *builder) define(s *Site) {
	words, ok := b.take(s, 1, 2)
	if !ok || b.colon(s, words[0]) {
		return
	}
	b.defines.define(words[0], strings.Join(words[1:], ""))
}

func (b *builder) undefine(s *Site) {
	words, ok := b.take(s, 1, 1)
	if ok && !b.colon(s, words[0]) {
		b.defines.undefine(words[0])
	}
}

func (b *builder) serverRoot(s *Site) {
	words, ok := b.take(s, 1, 1)
	if !ok {
		return
	}
	root, ok := merge("/", words[0])
	if !ok || !b.directoryOrOutside(root) {
		b.noFolder(s)
		return
	}
	b.root = root
}

// runtimeDir is refused only where this machine's files are httpd's own: a copied
// tree has no such folder.
func (b *builder) runtimeDir(s *Site) {
	words, ok := b.take(s, 1, 1)
	if !ok {
		return
	}
	name, ok := merge(b.root, words[0])
	_, own := b.opt.Files.(machine)
	if !ok || own && !b.directoryOrOutside(name) {
		b.noFolder(s)
	}
}

// loadModule takes the module as loaded by its name alone: a copied tree does not
// hold the programs.
func (b *builder) loadModule(s *Site) {
	words, ok := b.take(s, 2, 2)
	switch {
	case !ok:
	case b.modules.static[words[0]] && strings.HasPrefix(builtIn(words[0]), "mod_"):
		b.isBuiltIn(s, words[0])
	case !b.modules.load(words[0]):
		b.loadedTwice(s, words[0])
	}
}

func builtIn(symbol string) string {
	m, _ := moduleOf(symbol)
	return m.File
}

// opaque passes over a section whose content is in another language.
func (b *builder) opaque(s *Site) {
	for r, ok := b.in.next(); ok; r, ok = b.in.next() {
		if w, _, ok := nextWord(r.text, 0); ok && equalFold(w.value, "</"+s.Name+">") {
			return
		}
	}
	b.endless(s)
}
