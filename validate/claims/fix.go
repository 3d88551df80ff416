package claims

import (
	"encoding/json"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/internal/mapping/engine"
)

// replaced is a fix that writes another text in place of an argument; nil where a
// macro or a variable made it.
func replaced(c *httpdconf.Command, n int, text string) *finding.Fix {
	if c == nil || c.Unit().Source == nil || n >= len(c.Words()) {
		return nil
	}
	w := c.Words()[n]
	if w.At.End.Byte-w.At.Start.Byte != len(w.Raw) {
		return nil
	}
	return &finding.Fix{Title: "write " + c.Name + " " + text, Edits: []finding.Edit{{At: w.At, Text: text}}}
}

// inserted is a fix that writes a line in front of a section of a virtual host; nil
// where the section does not stand in one, or a macro made it.
func inserted(section *httpdconf.Command, line string) *finding.Fix {
	if section.Unit().Source == nil || section.Parent() == nil || section.Parent().Key() != "<virtualhost" {
		return nil
	}
	at := section.At()
	at.End = at.Start
	indent := strings.Repeat(" ", at.Start.Column-1)
	return &finding.Fix{Title: "write " + line, Edits: []finding.Edit{{At: at, Text: line + "\n" + indent}}}
}

// renamed is a fix that gives a type of a mapping rule another name.
func renamed(n *engine.Node, name string) *finding.Fix {
	return &finding.Fix{Title: "write " + name, Edits: []finding.Edit{{At: n.At, Text: quoted(name)}}}
}

// quoted writes a text as JSON does.
func quoted(text string) string {
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if encoder.Encode(text) != nil {
		return `""`
	}
	return strings.TrimSuffix(b.String(), "\n")
}
