package httpdconf_test

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
)

// FuzzParsePrint: any input parses without panic, prints back byte by byte, and
// every place that is told lies in the input and is what it says.
func FuzzParsePrint(f *testing.F) {
	for _, c := range parseCases {
		f.Add([]byte(c.src))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		file, found := httpdconf.Parse("fuzz.conf", src)
		if got := file.Bytes(); !bytes.Equal(got, src) {
			t.Fatalf("printed %q", got)
		}
		for _, x := range found {
			checkRange(t, src, x.At)
		}
		httpdconf.Walk(file.Nodes, func(_ []*httpdconf.Node, n *httpdconf.Node) bool {
			checkNode(t, src, n)
			return true
		})
	})
}

func checkNode(t *testing.T, src []byte, n *httpdconf.Node) {
	t.Helper()
	checkRange(t, src, n.At)
	if n.End.Start.Known() {
		checkRange(t, src, n.End)
	}
	last := n.At.Start.Byte
	for _, a := range n.Args {
		checkRange(t, src, a.At)
		if a.At.Start.Byte < last {
			t.Fatalf("argument %q begins before the one in front of it ends", a.Raw)
		}
		last = a.At.End.Byte
		if text := string(src[a.At.Start.Byte:a.At.End.Byte]); a.At.Start.Line == a.At.End.Line && text != a.Raw {
			t.Fatalf("argument %q stands at %q", a.Raw, text)
		}
	}
}

// checkRange recomputes line and column from the offset.
func checkRange(t *testing.T, src []byte, r finding.Range) {
	t.Helper()
	if r.Start.Byte < 0 || r.End.Byte > len(src) || r.Start.Byte > r.End.Byte {
		t.Fatalf("range %+v outside of %d bytes", r, len(src))
	}
	for _, p := range []finding.Pos{r.Start, r.End} {
		before := src[:p.Byte]
		line := 1 + bytes.Count(before, []byte("\n"))
		column := 1 + utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:])
		if p.Line != line || p.Column != column && utf8.Valid(src) {
			t.Fatalf("byte %d is %d:%d, not %d:%d", p.Byte, line, column, p.Line, p.Column)
		}
	}
}

// FuzzQuote: what Quote writes is read back as one argument with the same value,
// wherever it stands in a line.
func FuzzQuote(f *testing.F) {
	for _, v := range []string{"", "a", `"`, `\`, `\"`, "a b", "#", "${A}", "ä", "\n", `'a\\'`, ">", "</a>"} {
		f.Add(v)
	}
	f.Fuzz(func(t *testing.T, value string) {
		for _, quote := range []func(string) (string, error){httpdconf.Quote, httpdconf.QuoteAlways} {
			word, err := quote(value)
			if err != nil {
				if strings.Contains(err.Error(), value) && len(value) > 12 {
					t.Fatalf("the error shows the value: %v", err)
				}
				continue
			}
			file, found := httpdconf.Parse("fuzz.conf", []byte("X "+word+" y "+word+"\n<S "+word+">\n</S>\n"))
			if len(found) > 0 || len(file.Nodes) != 2 {
				t.Fatalf("%s: %v", word, found)
			}
			x, s := file.Nodes[0].Values(), file.Nodes[1].Values()
			if len(x) != 3 || x[0] != value || x[2] != value || len(s) != 1 || s[0] != value {
				t.Fatalf("%q written as %s is read as %q and %q", value, word, x, s)
			}
		}
	})
}
