package access

import (
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
)

// insertBefore writes lines in front of a command, with its indentation; nil where
// the command comes out of a macro.
func insertBefore(c *httpdconf.Command, lines, title string) *finding.Fix {
	if c.Unit().Source == nil {
		return nil
	}
	at := c.At()
	at.End = at.Start
	indent := "\n" + strings.Repeat(" ", max(0, at.Start.Column-1))
	return &finding.Fix{Title: title, Edits: []finding.Edit{{At: at, Text: strings.ReplaceAll(lines, "\n", indent) + indent}}}
}

// replaceWord puts another word in the place of one; nil where the place is not
// known exactly, as in a macro.
func replaceWord(c *httpdconf.Command, n int, word, title string) *finding.Fix {
	words := c.Words()
	if c.Unit().Source == nil || n >= len(words) || words[n].At.Start.Byte <= c.At().Start.Byte {
		return nil
	}
	quoted, err := httpdconf.Quote(word)
	if err != nil {
		return nil
	}
	if strings.HasPrefix(words[n].Raw, `"`) {
		quoted, _ = httpdconf.QuoteAlways(word) // it was quoted just now
	}
	return &finding.Fix{Title: title, Edits: []finding.Edit{{At: words[n].At, Text: quoted}}}
}

// dropLine takes a command away, and the line break and indentation in front of it.
func dropLine(c *httpdconf.Command, title string) *finding.Fix {
	if c.Unit().Source == nil {
		return nil
	}
	at, text := c.At(), c.Unit().Source.Text
	for at.Start.Byte > 0 && strings.IndexByte(" \t", text[at.Start.Byte-1]) >= 0 {
		at.Start.Byte--
	}
	if at.Start.Byte > 0 && text[at.Start.Byte-1] == '\n' {
		at.Start.Byte--
	}
	at.Start.Line, at.Start.Column = 0, 0
	return &finding.Fix{Title: title, Edits: []finding.Edit{{At: at}}}
}

// replaceWords puts a text in the place of all words of a command.
func replaceWords(c *httpdconf.Command, text, title string) *finding.Fix {
	words := c.Words()
	if c.Unit().Source == nil || len(words) == 0 || words[0].At.Start.Byte <= c.At().Start.Byte {
		return nil
	}
	at := words[0].At
	at.End = words[len(words)-1].At.End
	return &finding.Fix{Title: title, Edits: []finding.Edit{{At: at, Text: text}}}
}
