package spec

import (
	"bytes"
	"fmt"
	"unicode"
	"unicode/utf8"

	"github.com/fedstone/fedstone/internal/finding"
)

// Limits of an input. They bound memory and time before any parser sees a byte.
const (
	maxSize       = 8 << 20
	maxSeparators = 1 << 20 // commas, colons and lines: each becomes a node of about 200 bytes
	maxDepth      = 64
	maxString     = 4096
	maxFindings   = 500
)

// readable says what keeps a text from being parsed at all, or gives an empty list.
func readable(path string, text []byte) finding.List {
	whole := finding.Range{Path: path}
	switch {
	case len(text) > maxSize:
		return finding.List{tooLarge(whole, fmt.Sprintf("the file is larger than %d MB", maxSize>>20))}
	case utf16(text):
		return finding.List{{Slug: "not-utf8", Severity: finding.Error, At: whole,
			Message: "the file is UTF-16 or UTF-32, expected UTF-8", Hint: "convert it: iconv -f UTF-16 -t UTF-8"}}
	case !utf8.Valid(text):
		return finding.List{notUTF8(path, text)}
	case separators(text) > maxSeparators:
		return finding.List{tooLarge(whole, fmt.Sprintf("the file has more than %d values", maxSeparators))}
	default:
		return nil
	}
}

func tooLarge(at finding.Range, message string) finding.Finding {
	return finding.Finding{Slug: "file-too-large", Severity: finding.Error, At: at, Message: message,
		Hint: "a federation.yaml of 10000 identity providers has about 3 MB; is this the right file?"}
}

// utf16 knows the byte order marks, and the zero bytes beside ASCII where there
// is none.
func utf16(text []byte) bool {
	for _, mark := range []string{"\xff\xfe", "\xfe\xff", "\x00\x00\xfe\xff"} {
		if bytes.HasPrefix(text, []byte(mark)) {
			return true
		}
	}
	return len(text) >= 4 && (text[0] == 0) != (text[1] == 0) && (text[2] == 0) != (text[3] == 0)
}

func notUTF8(path string, text []byte) finding.Finding {
	at := 0
	for at < len(text) {
		r, size := utf8.DecodeRune(text[at:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		at += size
	}
	s := newSource(path, text)
	return finding.Finding{Slug: "not-utf8", Severity: finding.Error, At: s.span(at, at+1),
		Message: fmt.Sprintf("byte 0x%02x is not UTF-8", text[at]), Hint: "save the file as UTF-8"}
}

func separators(text []byte) int {
	return bytes.Count(text, []byte{','}) + bytes.Count(text, []byte{':'}) +
		bytes.Count(text, []byte{'\n'}) + bytes.Count(text, []byte("- "))
}

// clean reports every character that has no place in a configuration and gives
// a text in which a low line stands for each, so that the rest can be read.
func (l *loader) clean() []byte {
	out := make([]byte, 0, len(l.src.text))
	for i, r := range string(l.src.text) {
		if !hostile(r) || r == '\r' && bytes.HasPrefix(l.src.text[i+1:], []byte{'\n'}) {
			out = utf8.AppendRune(out, r)
			continue
		}
		l.hostile(l.src.span(i, i+utf8.RuneLen(r)), r)
		out = append(out, '_')
	}
	return out
}

// hostile tells a character that could end a line, reorder or hide text, or that
// no terminal shows. Tab and line feed are white space of YAML.
func hostile(r rune) bool {
	switch {
	case r == '\t' || r == '\n':
		return false
	case r < utf8.RuneSelf:
		return unicode.IsControl(r)
	case unicode.IsControl(r), r == '\u2028', r == '\u2029':
		return true
	default:
		// Cf holds the bidirectional controls, zero-width characters and the BOM.
		return unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Co, r) || r == '\u115f' || r == '\u3164'
	}
}

func (l *loader) hostile(at finding.Range, r rune) {
	l.fail("control-character", at, fmt.Sprintf("character U+%04X is not allowed (%s)", r, nature(r)), "delete it")
}

func nature(r rune) string {
	switch {
	case unicode.IsControl(r):
		return "a control character"
	case r == '\u2028' || r == '\u2029':
		return "a line separator"
	case unicode.Is(unicode.Bidi_Control, r):
		return "it reorders the text around it"
	default:
		return "it cannot be seen"
	}
}
