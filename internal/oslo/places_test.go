package oslo_test

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/oslo"
)

// FuzzParse: any input is read without panic, every place lies in the input and is
// what it says, and a finding tells of every refusal.
func FuzzParse(f *testing.F) {
	for _, text := range parseCases {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		file, found := oslo.Parse("fuzz.conf", src)
		if (file.Refused != nil) != (len(found) > 0) || found.HasErrors() != (len(found) > 0) {
			t.Fatalf("refused %v with %v", file.Refused, found)
		}
		for _, x := range found {
			checkRange(t, src, x.At)
		}
		checkFile(t, src, file)
		checkConfig(t, oslo.New(file, file))
	})
}

// TestPlaces checks the places of the written cases without fuzzing.
func TestPlaces(t *testing.T) {
	for name, text := range parseCases {
		t.Run(name, func(t *testing.T) {
			file, found := oslo.Parse("case.conf", []byte(text))
			for _, x := range found {
				checkRange(t, []byte(text), x.At)
			}
			checkFile(t, []byte(text), file)
		})
	}
}

func checkFile(t *testing.T, src []byte, file *oslo.File) {
	t.Helper()
	last := 0
	for _, s := range file.Sections {
		if checkRange(t, src, s.At); s.At.Start.Byte < last || !strings.HasPrefix(at(src, s.At), "["+s.Name) {
			t.Fatalf("section %q at %q", s.Name, at(src, s.At))
		}
		last = s.At.End.Byte
		for _, v := range s.Values {
			last = checkValue(t, src, v, last)
		}
	}
	for _, c := range file.Comments {
		checkRange(t, src, c.At)
		if whole := at(src, c.At); !strings.HasSuffix(whole, c.Text) || whole[0] != '#' && whole[0] != ';' {
			t.Fatalf("comment %q at %q", c.Text, whole)
		}
	}
}

func checkValue(t *testing.T, src []byte, v oslo.Value, last int) int {
	t.Helper()
	checkRange(t, src, v.KeyAt)
	checkRange(t, src, v.At)
	if at(src, v.KeyAt) != v.Key || v.KeyAt.Start.Byte < last || v.At.Start.Byte <= v.KeyAt.End.Byte {
		t.Fatalf("key %q at %q, its value at %+v", v.Key, at(src, v.KeyAt), v.At)
	}
	written := at(src, v.At)
	if v.At.Start.Line == v.At.End.Line && !strings.ContainsAny(written, "\r") && written != v.Text && strings.Trim(written, `"'`) != strings.Trim(v.Text, `"'`) {
		t.Fatalf("value %q at %q", v.Text, written)
	}
	return v.At.End.Byte
}

func checkConfig(t *testing.T, config *oslo.Config) {
	t.Helper()
	for _, f := range config.Files() {
		for _, s := range f.Sections {
			for _, v := range s.Values {
				if got, ok := config.Get(strings.Clone(v.Section), v.Key); !ok || got.Key != v.Key || !oslo.Same(got.Section, s.Name) {
					t.Fatalf("%+v is not found: %+v", v, got)
				}
				_ = config.Resolve(v, oslo.Options{})
			}
		}
	}
}

func at(src []byte, r finding.Range) string { return string(src[r.Start.Byte:r.End.Byte]) }

// checkRange recomputes line and column from the offset.
func checkRange(t *testing.T, src []byte, r finding.Range) {
	t.Helper()
	if r.Start.Byte < 0 || r.End.Byte > len(src) || r.Start.Byte > r.End.Byte {
		t.Fatalf("range %+v outside of %d bytes", r, len(src))
	}
	for _, p := range []finding.Pos{r.Start, r.End} {
		before := src[:p.Byte]
		want := finding.Pos{
			Line: 1 + bytes.Count(before, []byte("\n")), Byte: p.Byte,
			Column: 1 + utf8.RuneCount(before[1+bytes.LastIndexByte(before, '\n'):]),
		}
		if p != want {
			t.Fatalf("%+v should be %+v", p, want)
		}
	}
}
