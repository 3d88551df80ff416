package claims

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/fedstone/fedstone/internal/finding"
)

// lines reads `key: value` as keystone-manage mapping_engine does
// (keystone/cmd/cli.py, MappingEngineTester.normalize_assertion): blank lines are
// passed over, a line is split at its first colon, both sides are stripped, and
// of a repeated name the last value counts.
func (s *source) lines() (*Claims, finding.List) {
	c := &Claims{Form: Lines}
	m := members{src: s}
	all := string(s.text)
	for from := 0; from < len(all); {
		line, next := cutLine(all[from:])
		if text := strings.TrimFunc(line, isSpace); text != "" {
			begin := from + strings.Index(line, text)
			key, value, ok := strings.Cut(text, ":")
			if !ok {
				return nil, s.badLine(begin, text)
			}
			key = strings.TrimRightFunc(key, isSpace)
			m.add(Claim{Name: key, Value: strings.TrimFunc(value, isSpace), At: s.span(begin, begin+len(key))})
		}
		from += next
	}
	c.Object = m.object
	return c, m.findings
}

func (s *source) badLine(at int, text string) finding.List {
	return s.refuse("claims-line", at, at+len(text), fmt.Sprintf("%q has no colon, expected `key: value`", Shown(clip(text))), mend)
}

// clip keeps a message readable.
func clip(text string) string {
	const most = 60
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}

// cutLine gives the first line of a text and how far the next one lies, by the
// line ends of Python's str.splitlines.
func cutLine(text string) (line string, next int) {
	const ends = "\n\r\v\f\x1c\x1d\x1e\u0085\u2028\u2029"
	at := strings.IndexAny(text, ends)
	if at < 0 {
		return text, len(text)
	}
	_, size := utf8.DecodeRuneInString(text[at:])
	return text[:at], at + size
}

// isSpace is Python's str.isspace of one character, by which str.strip goes.
func isSpace(r rune) bool { return unicode.IsSpace(r) || r >= 0x1c && r <= 0x1f }
