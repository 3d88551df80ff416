package session

import (
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
)

// written is a fix that writes another text in place of arguments, from the n-th to
// the last of count; nil where a macro or a variable made them.
func written(c *httpdconf.Command, n, count int, text string) *finding.Fix {
	words := c.Words()
	if c.Unit().Source == nil || count < 1 || n+count > len(words) {
		return nil
	}
	for _, w := range words[n : n+count] {
		if w.At.End.Byte-w.At.Start.Byte != len(w.Raw) {
			return nil
		}
	}
	at := words[n].At
	at.End = words[n+count-1].At.End
	return &finding.Fix{Title: "write " + text, Edits: []finding.Edit{{At: at, Text: text}}}
}

// switched is a fix for a flag.
func switched(c *httpdconf.Command, to string) *finding.Fix {
	fix := written(c, 0, 1, to)
	if fix != nil {
		fix.Title = "switch " + c.Name + " " + strings.ToLower(to)
	}
	return fix
}

// appended is a fix that adds a word behind the last argument.
func appended(c *httpdconf.Command, word string) *finding.Fix {
	words := c.Words()
	fix := written(c, len(words)-1, 1, " "+word)
	if fix != nil {
		fix.Edits[0].At.Start = fix.Edits[0].At.End
		fix.Title = "add " + word
	}
	return fix
}

// quoteBoth is a fix that makes one quoted argument of two words.
func quoteBoth(c *httpdconf.Command, whole string) *finding.Fix {
	if strings.ContainsAny(whole[1:len(whole)-1], `"\`) {
		return nil
	}
	fix := written(c, 0, 2, whole)
	if fix != nil {
		fix.Title = "quote the program with its argument"
	}
	return fix
}
