package re

import (
	"strings"
	"unicode"
)

// flags are Python's inline flags.
type flags int

const (
	flagIgnoreCase flags = 1 << iota
	flagLocale
	flagMultiline
	flagDotAll
	flagVerbose
	flagASCII
	flagTemplate
	flagUnicode

	typeFlags = flagASCII | flagLocale | flagUnicode
)

// combine is _combine_flags of re/_compiler.py.
func (f flags) combine(add, del flags) flags {
	if add&typeFlags != 0 {
		f &^= typeFlags
	}
	return (f | add) &^ del
}

const flagLetters = "iLmsxatu"

// flagOf gives the flag of a letter; t is gone since 3.13.
func (p *parser) flagOf(t token) (flags, bool) {
	if !t.in(flagLetters) || t.ch == 't' && p.version.AtLeast(13) {
		return 0, false
	}
	return 1 << strings.IndexRune(flagLetters, t.ch), true
}

// inlineFlags reads flags after "(?" up to ")" or ":" (_parse_flags). Global flags are set at once.
func (p *parser) inlineFlags(t token) (add, del flags, global bool) {
	if !t.is('-') {
		add, t = p.flagsOn(t)
	}
	if t.is(')') {
		p.flags |= add
		return add, 0, true
	}
	if add&flagTemplate != 0 {
		p.src.raise(1, "bad inline flags: cannot turn on global flag")
	}
	if t.is('-') {
		del = p.flagsOff()
	}
	if del&flagTemplate != 0 {
		p.src.raise(1, "bad inline flags: cannot turn off global flag")
	}
	if add&del != 0 {
		p.src.raise(1, "bad inline flags: flag turned on and off")
	}
	return add, del, false
}

// flagsOn reads the flags to turn on and the token that ends them.
func (p *parser) flagsOn(t token) (add flags, end token) {
	for {
		flag, ok := p.flagOf(t)
		if !ok {
			p.noFlag(t, "missing -, : or )")
		}
		if flag == flagLocale {
			p.src.raise(0, "bad inline flags: cannot use 'L' flag with a str pattern")
		}
		add |= flag
		if flag&typeFlags != 0 && add&typeFlags != flag {
			p.src.raise(0, "bad inline flags: flags 'a', 'u' and 'L' are incompatible")
		}
		if t = p.src.get(); t.in(")-:") {
			return add, t
		}
	}
}

func (p *parser) flagsOff() (del flags) {
	t := p.src.get()
	if !t.exist {
		p.src.raise(0, "missing flag")
	}
	if _, ok := p.flagOf(t); !ok {
		p.noFlag(t, "missing flag")
	}
	for ; !t.is(':'); t = p.src.get() {
		flag, ok := p.flagOf(t)
		if !ok {
			p.noFlag(t, "missing :")
		}
		if flag&typeFlags != 0 {
			p.src.raise(0, "bad inline flags: cannot turn off flags 'a', 'u' and 'L'")
		}
		del |= flag
	}
	return del
}

func (p *parser) noFlag(t token, missing string) {
	if t.exist && !t.escape && unicode.IsLetter(t.ch) {
		p.src.raise(1, "unknown flag")
	}
	p.src.raise(t.width(), "%s", missing)
}
