package walkcheck

import (
	"strings"

	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/internal/platform"
)

// count compares the arguments with what a directive takes.
func (w *walker) count(c *httpdconf.Command, e found) {
	said, name := "", ""
	words := w.head(c)
	for _, entry := range e.entries {
		if said, name = refusal(entry, words), entry.name; said == "" {
			return
		}
	}
	w.add(ArgumentCount, c, name+said)
}

// head gives the first arguments, one more than any limit, until it is asked again.
func (w *walker) head(c *httpdconf.Command) []string {
	w.words = w.words[:0]
	for word := range c.Args() {
		if w.words = append(w.words, word); len(w.words) == 4 {
			break
		}
	}
	return w.words
}

// refusal is what invoke_cmd says to so many arguments; "" if it takes them.
//
// An empty word is none where one must be: `X ""` is as `X`. Of On and Off only the
// first word is looked at.
func refusal(e entry, words []string) string {
	n, most := len(words), e.most
	enough := n >= e.least
	for _, word := range words[:min(n, e.least, e.filled)] {
		enough = enough && word != ""
	}
	switch e.kind {
	case platform.Flag:
		enough = enough && (strings.EqualFold(words[0], "on") || strings.EqualFold(words[0], "off"))
		most = platform.Many
	case platform.Take13:
		enough = enough && (n != 2 || words[1] == "")
	}
	if enough && (most == platform.Many || n <= most) {
		return ""
	}
	return sentence(e.kind)
}

func sentence(kind platform.ArgKind) string {
	return map[platform.ArgKind]string{
		platform.NoArgs: " takes no arguments", platform.Take1: " takes one argument", platform.Take2: " takes two arguments",
		platform.Take12: " takes 1-2 arguments", platform.Take3: " takes three arguments", platform.Take23: " takes two or three arguments",
		platform.Take123: " takes one, two or three arguments", platform.Take13: " takes one or three arguments",
		platform.Iterate: " requires at least one argument", platform.Iterate2: " requires at least two arguments",
		platform.Flag: " must be On or Off",
	}[kind]
}
