package spec

import (
	"bytes"
	"regexp"
	"slices"
	"unicode/utf8"

	"github.com/fedstone/fedstone/internal/pattern"
	"github.com/fedstone/fedstone/internal/secret"
	"gopkg.in/yaml.v3"
)

// An excerpt shows the line of a finding, and a secret may stand in it. So the
// source that excerpts are drawn from is masked twice: by the places that the
// walk knows, and line by line for what a broken file keeps from being walked.

// hide keeps a node's text out of excerpts.
func (l *loader) hide(n *yaml.Node) { l.hidden = append(l.hidden, l.src.of(n)) }

var (
	secretName = pattern.Lazy(`(?i)secret|passphrase|password|passwd|refresh_?token`)
	secretKey  = pattern.Lazy(`(?i)(?:secret|passphrase|password|passwd|refresh_?token)["']?[ \t]*:(?:[ \t]+|$)`)
	sourceText = pattern.Lazy(`^\s*(?:#|-\s|\{?\s*(?:file|exec)\s*:|\{?\s*env\s*:\s*["']?[A-Za-z_][A-Za-z0-9_]*["']?\s*(?:$|[},#]))`)
	blockStart = pattern.Lazy(`^[|>][-+0-9]*\s*(?:#.*)?$`)
	userInfo   = pattern.Lazy(`://([^/@\s"']+)@`)
	tokenText  = pattern.Lazy(`eyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_.-]+|gAAAA[A-Za-z0-9_=-]{20,}`)
)

// tokenShaped reports whether a value looks like a token, which has no place in
// the file under any key.
func (l *loader) tokenShaped(n *yaml.Node) bool {
	var tokens secret.Redactor
	return n.Kind == yaml.ScalarNode && tokens.Redact(n.Value) != n.Value
}

// shown gives the source as excerpts may show it: same lines, same columns.
func (l *loader) shown() []byte {
	out := bytes.Clone(l.src.text)
	for _, at := range l.hidden {
		mask(out, at.Start.Byte, at.End.Byte)
	}
	for number, start := range l.src.starts {
		maskShapes(out[start:], l.src.line(number+1))
	}
	l.maskLines(out)
	return out
}

// maskShapes masks what looks like a secret wherever it stands in a line. An
// expression costs far more than a look for the letters that it cannot do without.
func maskShapes(out, line []byte) {
	for _, shape := range []struct {
		pattern func() *regexp.Regexp
		letters []string
	}{{userInfo, []string{"@"}}, {tokenText, []string{"eyJ", "gAAAA"}}} {
		if !slices.ContainsFunc(shape.letters, func(s string) bool { return bytes.Contains(line, []byte(s)) }) {
			continue
		}
		for _, m := range shape.pattern().FindAllSubmatchIndex(line, -1) {
			mask(out, m[len(m)-2], m[len(m)-1])
		}
	}
}

// maskLines masks what follows a key with the name of a secret, unless it is a
// source of one, and the deeper lines below it where the value stands there.
func (l *loader) maskLines(out []byte) {
	below, depth := false, 0
	for number := 1; number <= len(l.src.starts); number++ {
		start, line := l.src.starts[number-1], l.src.line(number)
		blank := len(bytes.TrimSpace(line)) == 0
		if below = below && (blank || indent(line) > depth && !sourceText().Match(line)); below {
			mask(out, start, start+len(line))
			continue
		}
		if !mayName(line) {
			continue
		}
		for _, m := range secretKey().FindAllIndex(line, -1) {
			value := line[m[1]:]
			below, depth = len(bytes.TrimSpace(value)) == 0 || blockStart().Match(value), indent(line)
			if !sourceText().Match(value) {
				mask(out, start+m[1], start+len(line))
			}
		}
	}
}

// mayName is false for lines that secretKey cannot match, which are most.
func mayName(line []byte) bool {
	for i, b := range line {
		if b >= utf8.RuneSelf {
			return true // some letters fold to ASCII
		}
		for _, begin := range []string{"secret", "pass", "refresh"} {
			if b|0x20 == begin[0] && len(line)-i >= len(begin) && bytes.EqualFold(line[i:i+len(begin)], []byte(begin)) {
				return true
			}
		}
	}
	return false
}

// mask writes an asterisk over each byte but the line breaks. A wide character
// becomes as many asterisks as it has bytes; nothing is drawn under those.
func mask(text []byte, from, to int) {
	for i := max(from, 0); i < min(to, len(text)); i++ {
		if text[i] != '\n' && text[i] != '\r' {
			text[i] = '*'
		}
	}
}
