package spec

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/input"
	"github.com/fedstone/fedstone/internal/pattern"
)

// Stdin is the path that stands for the standard input.
const Stdin = input.Stdin

// Load reads federation.yaml from src; path is used for positions only. It gives
// every finding of one run, sorted. The Federation is never nil, but it is
// partial where the list has errors: callers stop then.
func Load(path string, src []byte) (*Federation, finding.List) {
	f, _, list := load(path, src)
	return f, list
}

// ReadFile reads federation.yaml from a regular file, or from stdin where path is
// "-". The source it gives is for excerpts: literal secrets are
// masked in it, place by place. The error is a failure to read.
func ReadFile(path string, stdin io.Reader) (*Federation, []byte, finding.List, error) {
	src, err := input.Read(path, stdin, maxSize)
	if err != nil {
		return nil, nil, nil, err
	}
	f, shown, list := load(path, src)
	return f, shown, list, nil
}

// load gives the Federation, the source as it may be shown, and the findings.
func load(path string, text []byte) (*Federation, []byte, finding.List) {
	f := &Federation{Path: path}
	shown, list := document(path, text, "begin with: fedstone init --issuer URL", federation(f), func(l *loader) {
		f.fill()
		l.check(f)
	})
	return f, shown, list
}

// document reads one file by its root's reader and then judges it. It gives the
// source as it may be shown, and the findings; begin is the hint for an empty one.
func document(path string, text []byte, begin string, root reader, judge func(*loader)) ([]byte, finding.List) {
	if list := readable(path, text); len(list) > 0 {
		return nil, list
	}
	text, marked := bytes.CutPrefix(text, []byte("\ufeff"))
	l := &loader{src: newSource(path, text), begin: begin}
	if marked {
		l.fail("byte-order-mark", l.src.span(0, 0), "the file begins with a byte order mark", "save it as UTF-8 without BOM")
	}
	if n := l.parse(l.clean()); n != nil && l.plain(n, 1) {
		root(l, n)
		judge(l)
	}
	l.list.Sort()
	return l.shown(), l.list
}

// parse gives the root of the only document, or nil after a finding.
func (l *loader) parse(text []byte) *yaml.Node {
	decoder := yaml.NewDecoder(strings.NewReader(string(text)))
	var first, second yaml.Node
	if err := decoder.Decode(&first); err != nil {
		l.syntax(err)
		return nil
	}
	switch err := decoder.Decode(&second); {
	case errors.Is(err, io.EOF):
	case err != nil:
		l.syntax(err)
	default:
		l.fail("several-documents", l.src.span(l.src.at(second.Line, second.Column).Byte, 0),
			"a second YAML document begins here, expected one", "delete the line with --- or move the rest to a file of its own")
	}
	return first.Content[0]
}

var syntaxLine = pattern.Lazy(`^yaml: (?:line (\d+): )?`)

// syntax turns an error of yaml.v3, which knows the line at best, into a finding.
func (l *loader) syntax(err error) {
	whole := finding.Range{Path: l.src.path}
	message := syntaxLine().ReplaceAllString(err.Error(), "")
	switch {
	case errors.Is(err, io.EOF):
		l.fail("empty-file", whole, "the file holds no YAML document", l.begin)
	case strings.Contains(message, "exceeded max depth"):
		l.fail("too-deep", whole, fmt.Sprintf("values are nested deeper than %d", maxDepth), "")
	case strings.Contains(message, "unknown anchor"):
		l.fail("yaml-alias", whole, "an alias (*name) is used, expected the value itself", "write the value out")
	default:
		l.fail("yaml-syntax", l.syntaxPlace(err), "not YAML: "+message, "check quotes, brackets and indentation here and in the line before")
	}
}

// countsFromZero knows the errors of yaml.v3's parser, which says lines from 0;
// its scanner says them from 1 (yaml.v3 decode.go, parser.fail).
var countsFromZero = pattern.Lazy(`did not find expected (<|node content|'-' indicator|key$|',' or)`)

func (l *loader) syntaxPlace(err error) finding.Range {
	line := 1
	if m := syntaxLine().FindStringSubmatch(err.Error()); m[1] != "" {
		line, _ = strconv.Atoi(m[1]) // digits only, and 0 is moved into the text
		if countsFromZero().MatchString(err.Error()) {
			line++
		}
	}
	from := l.src.at(line, 1)
	return l.src.span(from.Byte, from.Byte+len(l.src.line(from.Line)))
}
