package subject

import (
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
)

// mend is a fix of httpd's configuration that replaces what is at a place.
func mend(title string, at finding.Range, text string) *finding.Fix {
	return &finding.Fix{Title: title, Edits: []finding.Edit{{At: at, Text: text}}}
}

// Reword is a fix that writes a text, as it is to stand in the file, in place of
// count arguments of a command from the n-th on; nil where there are fewer, or a
// macro, a variable or a continued line made one of them.
func Reword(title string, c *httpdconf.Command, n, count int, text string) *finding.Fix {
	at, ok := span(c, n, count)
	if !ok {
		return nil
	}
	return mend(title, at, text)
}

// Write is Reword for one argument.
func Write(c *httpdconf.Command, n int, text string) *finding.Fix {
	return Reword("write "+text, c, n, 1, text)
}

// Switch is a fix that gives a flag its other value, On or Off.
func Switch(c *httpdconf.Command, to string) *finding.Fix {
	return Reword("switch "+c.Name+" "+strings.ToLower(to), c, 0, 1, to)
}

// Append is a fix that adds words behind the last argument of a command; nil where
// that one does not stand in the file as it is.
func Append(title string, c *httpdconf.Command, words string) *finding.Fix {
	at, ok := span(c, len(c.Words())-1, 1)
	if !ok {
		return nil
	}
	at.Start = at.End
	return mend(title, at, " "+words)
}

// InsertBefore is a fix that writes lines in front of a command, as far to the right;
// nil where a macro made the command.
func InsertBefore(title string, c *httpdconf.Command, lines string) *finding.Fix {
	if c.Unit().Source == nil {
		return nil
	}
	at := c.At()
	at.End = at.Start
	indent := "\n" + indentation(c)
	return mend(title, at, strings.ReplaceAll(lines, "\n", indent)+indent)
}

// InsertBehind is a fix that writes lines behind a directive, as far to the right; nil
// where a macro made it, or it is a section.
func InsertBehind(c *httpdconf.Command, lines string) *finding.Fix {
	if c.Unit().Source == nil || c.Section {
		return nil
	}
	at := c.At()
	at.Start = at.End
	return mend("add "+lines, at, strings.ReplaceAll("\n"+lines, "\n", "\n"+indentation(c)))
}

// Drop is a fix that takes a command away, with the line break and the indentation
// in front of it; nil where a macro made it.
func Drop(title string, c *httpdconf.Command) *finding.Fix {
	if c.Unit().Source == nil {
		return nil
	}
	at, text := c.At(), c.Unit().Source.Text
	at.Start.Byte -= len(indentation(c))
	if at.Start.Byte > 0 && text[at.Start.Byte-1] == '\n' {
		at.Start.Byte--
	}
	at.Start.Line, at.Start.Column = 0, 0
	return mend(title, at, "")
}

// span is where arguments stand in a file, quotes included; not ok where the file
// has other words there than httpd sees.
func span(c *httpdconf.Command, n, count int) (at finding.Range, ok bool) {
	if c == nil || c.Unit().Source == nil {
		return at, false
	}
	words, text := c.Words(), c.Unit().Source.Text
	if n < 0 || count < 1 || n+count > len(words) {
		return at, false
	}
	for _, w := range words[n : n+count] {
		if string(text[w.At.Start.Byte:w.At.End.Byte]) != w.Raw {
			return at, false
		}
	}
	at = words[n].At
	at.End = words[n+count-1].At.End
	return at, true
}

// indentation is the white space between a command and the beginning of its line.
func indentation(c *httpdconf.Command) string {
	end, text := c.At().Start.Byte, c.Unit().Source.Text
	start := end
	for start > 0 && (text[start-1] == ' ' || text[start-1] == '\t') {
		start--
	}
	return string(text[start:end])
}
