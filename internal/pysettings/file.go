package pysettings

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/fedstone/fedstone/internal/finding"
)

// File is a Python file that was read, but not executed. The zero File is empty.
type File struct {
	Path string

	tokens     []token
	statements []*statement
	opaque     string // why nothing is known of it
}

// Parse reads a Python file as its tokenizer does. The findings ("python-syntax")
// are texts that every Python from 3.9 to 3.13 refuses: strings and brackets that
// are not closed, wrong indentation, a missing comma, characters that are not
// Python's, bytes that are not UTF-8. A File with a finding, or in an encoding
// other than UTF-8 or ASCII, leaves every setting undecided.
func Parse(path string, src []byte) (*File, finding.List) {
	f := &File{Path: path}
	if f.opaque = encoding(src); f.opaque != "" {
		return f, nil
	}
	l := lexer{path: path, src: string(src)}
	if !l.readable() {
		f.opaque = "Python refuses to read it"
		return f, finding.List{*l.problem}
	}
	l.run()
	switch {
	case l.opaque != "":
		f.opaque = l.opaque
	case l.problem == nil:
		l.blocks()
	}
	if l.problem != nil {
		f.opaque = "Python refuses to read it"
		return f, finding.List{*l.problem}
	}
	if f.opaque == "" {
		b := blocks{tokens: l.tokens}
		f.tokens, f.statements = l.tokens, b.block()
	}
	return f, nil
}

// cookie is how PEP 263 declares an encoding, in a comment of the first two lines.
var cookie = regexp.MustCompile(`^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)`)

// encoding gives the reason why a text cannot be read here, or "".
func encoding(src []byte) string {
	lines := bytes.SplitN(bytes.ReplaceAll(src[:min(len(src), 4096)], []byte("\r"), []byte("\n")), []byte("\n"), 4)
	for i, line := range lines[:min(2, len(lines))] {
		if m := cookie.FindSubmatch(line); m != nil {
			return foreignEncoding(string(m[1]), src)
		}
		blank := bytes.TrimLeft(line, " \t\f")
		if i == 0 && len(blank) > 0 && blank[0] != '#' && !bytes.HasPrefix(blank, []byte("\xef\xbb\xbf#")) {
			return ""
		}
	}
	return ""
}

func foreignEncoding(name string, src []byte) string {
	switch strings.ReplaceAll(strings.ToLower(name), "_", "-") {
	case "utf-8", "utf8":
		return ""
	case "ascii", "us-ascii", "latin-1", "iso-8859-1", "iso-8859-15", "cp1252":
		if !bytes.ContainsFunc(src, func(r rune) bool { return r >= utf8.RuneSelf }) {
			return ""
		}
	}
	return "it is written in the encoding " + finding.Printable(name)
}

// readable refuses what Python's decoder does.
func (l *lexer) readable() bool {
	l.at = finding.Pos{Line: 1, Column: 1}
	bad := strings.IndexByte(l.src, 0)
	if bad >= 0 {
		l.advance(bad)
		l.refuse(l.at, 1, "a NUL byte stands here, which no Python source may hold", "remove it")
		return false
	}
	for bad = 0; bad < len(l.src); {
		r, size := utf8.DecodeRuneInString(l.src[bad:])
		if r == utf8.RuneError && size == 1 {
			l.advance(bad)
			l.refuse(l.at, 1, "a byte stands here that is not UTF-8", "save the file as UTF-8")
			return false
		}
		bad += size
	}
	return true
}

// blocks refuses a head without a body.
func (l *lexer) blocks() {
	for i := 1; i < len(l.tokens)-1; i++ {
		if colon := l.tokens[i-1]; l.tokens[i].kind == newlineToken && colon.is(":") && l.tokens[i+1].kind != indentToken {
			l.refuseAt(colon.start, colon.end, "a block was expected after this colon", "indent the lines that belong to it")
			return
		}
	}
}
