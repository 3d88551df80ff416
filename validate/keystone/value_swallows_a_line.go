package keystone

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/oslo"
	"github.com/fedstone/fedstone/validate/rule"
)

// assignment is a line that was meant as one.
var assignment = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_-]*\s*=`)

func valueSwallowsALine() rule.Rule {
	return rule.Rule{
		Slug:     "value-swallows-a-line",
		Severity: finding.Error,
		Title:    "an indented line became part of the value above it",
		Why: "oslo.config takes an indented line for the rest of the value above, even if it is a comment or an assignment. The value above is then another one than it seems, and the swallowed option is not set at all. " +
			"It happens when a line is pasted with blanks in front.",
		Mend:   "Take away the white space in front of the line.",
		Source: "oslo.config, oslo_config/iniparser.py, BaseParser.parse",
		Check: func(p *rule.Pass) {
			each(p, func(s oslo.Section, v oslo.Value) (finding.Finding, []any, bool) {
				swallowed := swallowed(v.Text)
				if swallowed == "" || !ours(s.Name, v.Key) && !ours(s.Name, keyOf(swallowed)) {
					return finding.Finding{}, nil, false
				}
				return finding.Finding{
					At:      line(v),
					Message: fmt.Sprintf("the indented line %q is part of the value of %s", shown(swallowed), v.Key),
					Hint:    shown(swallowed),
					Fix:     outdent(p, v),
				}, append(append(shared(v.Key), shared(keyOf(swallowed))...), v.KeyAt), true
			})
		},
	}
}

// swallowed gives the first line of a value that was not meant to be part of it.
func swallowed(text string) string {
	lines := strings.Split(text, "\n")
	for _, l := range lines[1:] {
		if l = strings.TrimSpace(l); strings.HasPrefix(l, "#") || strings.HasPrefix(l, ";") || assignment.MatchString(l) {
			return l
		}
	}
	return ""
}

func keyOf(line string) string {
	key, _, _ := strings.Cut(line, "=")
	return strings.TrimSpace(key)
}

// shown leaves out what may be a secret: the value of an option that is none of ours.
func shown(line string) string {
	key := keyOf(line)
	if strings.ContainsAny(line[:1], "#;") || homes[key] != "" || key == "remote_id_attribute" {
		return line
	}
	return key + " = …"
}

// outdent takes the white space away in front of the lines of a value that were not
// meant to be part of it.
func outdent(p *rule.Pass, v oslo.Value) *finding.Fix {
	raw := p.Raw(v.At.Path)
	if v.At.End.Byte > len(raw) {
		return nil
	}
	fix := &finding.Fix{Title: "take away the white space in front"}
	text := string(raw[v.At.Start.Byte:v.At.End.Byte])
	for at, rest := strings.Index(text, "\n"), 0; at >= 0; at = next(text, at) {
		rest = at + 1
		blanks := len(text[rest:]) - len(strings.TrimLeft(text[rest:], " \t"))
		if swallowed("\n"+strings.SplitN(text[rest:], "\n", 2)[0]) == "" {
			continue
		}
		place := v.At
		place.Start, place.End = finding.Pos{Byte: v.At.Start.Byte + rest}, finding.Pos{Byte: v.At.Start.Byte + rest + blanks}
		fix.Edits = append(fix.Edits, finding.Edit{At: place})
	}
	if len(fix.Edits) == 0 {
		return nil
	}
	return fix
}

// next gives the line feed behind one; -1 for none.
func next(text string, at int) int {
	i := strings.IndexByte(text[at+1:], '\n')
	if i < 0 {
		return -1
	}
	return at + 1 + i
}
