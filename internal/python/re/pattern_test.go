package re_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/fedstone/fedstone/internal/python"
	"github.com/fedstone/fedstone/internal/python/re"
)

var debian12 = python.Version{Major: 3, Minor: 11}

func TestLimitStopsACatastrophe(t *testing.T) {
	p, err := re.Compile(`^(?=(?:a|aa)+$)`, debian12, 50*time.Millisecond)
	if err != nil {
		t.Fatal(err)
	}
	secret := strings.Repeat("a", 64) + "b"
	_, err = p.Search(secret)
	var undecidable *python.Undecidable
	if !errors.As(err, &undecidable) {
		t.Fatalf("got %v, want *python.Undecidable", err)
	}
	if strings.Contains(err.Error(), secret) {
		t.Errorf("the error tells the claim: %v", err)
	}
}

// catastrophes are searches that Go's regexp answers at once, and Python perhaps never.
func catastrophes() map[string]catastrophe {
	trap := strings.Repeat("a", 64) + "b"
	return map[string]catastrophe{
		"repeated repetition":     {pattern: `(a+)+$`, text: trap, hangs: true},
		"repeated choice":         {pattern: `(a|aa)+$`, text: trap, hangs: true},
		"repeated option":         {pattern: `(a?){64}a{64}$`, text: trap, hangs: true},
		"everything, repeated":    {pattern: `(.*)*x$`, text: trap, hangs: true},
		"words":                   {pattern: `^(\w+\s?)*$`, text: trap + "!", hangs: true},
		"without groups":          {pattern: `(?:a*)+$`, text: trap, hangs: true},
		"many repetitions":        {pattern: `a*a*a*a*a*a*a*a*a*a*c`, text: trap, hangs: true},
		"beyond ASCII":            {pattern: `(a+)+$`, text: trap + "é", hangs: true},
		"a choice that is no way": {pattern: `^(a|aa)+b$`, text: trap, found: true},
		"one letter, repeated":    {pattern: `(a|b)+c`, text: trap},
		"no trap":                 {pattern: `(x+x+)+y`, text: trap},
		"short":                   {pattern: `(a+)+$`, text: "aab"},
	}
}

type catastrophe struct {
	pattern, text string
	found, hangs  bool
}

// TestCatastrophe: where Python hangs there is no answer.
func TestCatastrophe(t *testing.T) {
	for name, tt := range catastrophes() {
		t.Run(name, func(t *testing.T) {
			p, err := re.Compile(tt.pattern, debian12, 200*time.Millisecond)
			if err != nil {
				t.Fatal(err)
			}
			got, err := p.Search(tt.text)
			var undecidable *python.Undecidable
			if got != tt.found || errors.As(err, &undecidable) != tt.hangs {
				t.Errorf("got %v, %v, want %v, hangs: %v", got, err, tt.found, tt.hangs)
			}
		})
	}
}

// TestPythonHangs asks Python itself.
func TestPythonHangs(t *testing.T) {
	eachPython(t, func(t *testing.T, o *oracle) {
		for name, tt := range catastrophes() {
			want := map[bool]int{true: 1}[tt.found]
			if tt.hangs {
				want = tookTooLong
			}
			if got := o.ask(t, question{tt.pattern, []string{tt.text}}).Found; len(got) != 1 || got[0] != want {
				t.Errorf("%s: Python says %v, want %d", name, got, want)
			}
		}
	})
}

// TestNesting compares what the parser can follow. Where the limit is hit depends on the caller of re, so some depths
// in between are undecidable.
func TestNesting(t *testing.T) {
	tests := map[string]struct {
		depth       int
		class       string
		undecidable bool
	}{
		"as people write": {depth: 20},
		"deep":            {depth: 300},
		"hard to say":     {depth: 450, undecidable: true},
		"too deep":        {depth: 600, class: "RecursionError"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := re.Compile(strings.Repeat("(", tt.depth)+strings.Repeat(")", tt.depth), debian12, time.Second)
			var exception *python.Exception
			var undecidable *python.Undecidable
			if errors.As(err, &exception) && exception.Class != tt.class || tt.class != "" && exception == nil {
				t.Errorf("got %v, want class %q", err, tt.class)
			}
			if errors.As(err, &undecidable) != tt.undecidable {
				t.Errorf("got %v, want undecidable %v", err, tt.undecidable)
			}
		})
	}
	eachPython(t, func(t *testing.T, o *oracle) {
		for _, tt := range tests {
			pattern := strings.Repeat("(", tt.depth) + strings.Repeat(")", tt.depth)
			if got := o.ask(t, question{Pattern: pattern, Strings: []string{""}}).Class; !tt.undecidable && got != tt.class {
				t.Errorf("%d deep: Python says %q, we say %q", tt.depth, got, tt.class)
			}
		}
	})
}

func TestUndecidable(t *testing.T) {
	tests := map[string]struct {
		pattern, text string
		version       python.Version
	}{
		"name of a character":             {pattern: `\N{DIGIT ONE}`, version: debian12},
		"name past ASCII":                 {pattern: `(?P<é>a)`, version: debian12},
		"capture in a possessive repeat":  {pattern: `(a|b)*+c`, version: debian12},
		"3.11 and its possessive repeats": {pattern: `(?:ab|c)*+c`, version: debian12},
		"lazy captures of old":            {pattern: `(?:(a)|b)*?\1`, version: python.Version{Major: 3, Minor: 9}},
		"capture leaves a negative":       {pattern: `(?!(a))\1`, version: debian12},
		"conditional on what is open":     {pattern: `(a(?(1)b|c))*`, version: debian12},
		"reference into an atomic group":  {pattern: `(?>(a|b)+)\1`, version: debian12},
		"a release that is not known":     {pattern: `a`, version: python.Version{Major: 3, Minor: 14}},
		"pattern that is not UTF-8":       {pattern: "\xff", version: debian12},
		"string that is not UTF-8":        {pattern: `\w+`, text: "\xff", version: debian12},
		"reference that ignores case":     {pattern: `(?ai)(.)\1`, text: "ÉÉ", version: debian12},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			p, err := re.Compile(tt.pattern, tt.version, time.Second)
			if err == nil {
				_, err = p.Search(tt.text)
			}
			var undecidable *python.Undecidable
			if !errors.As(err, &undecidable) {
				t.Errorf("got %v, want *python.Undecidable", err)
			}
		})
	}
}

// FuzzSearch looks for panics and for hangs.
func FuzzSearch(f *testing.F) {
	for _, patterns := range syntax {
		for _, pattern := range patterns {
			f.Add(pattern, "abc\n", uint8(11))
		}
	}
	f.Fuzz(func(t *testing.T, pattern, text string, minor uint8) {
		if len(pattern) > 200 || len(text) > 200 {
			return
		}
		p, err := re.Compile(pattern, python.Version{Major: 3, Minor: 9 + int(minor)%5}, 20*time.Millisecond)
		if err == nil {
			_, err = p.Search(text)
		}
		var exception *python.Exception
		var undecidable *python.Undecidable
		if err != nil && !errors.As(err, &exception) && !errors.As(err, &undecidable) {
			t.Errorf("%q: %T: %v", pattern, err, err)
		}
	})
}

func BenchmarkSearch(b *testing.B) {
	benchmarks := map[string]struct{ pattern, text string }{
		"literal":      {`admin`, "cn=admin,ou=people"},
		"whole":        {`^admin$`, "admin"},
		"alternatives": {`^(alice|bob|carol)$`, "carol"},
		"many":         {`^(a|b|c|d|e|f|g|h|i|j|carol)$`, "carol"},
		"suffix":       {`.*@example\.com$`, "carol@example.com"},
		"prefix":       {`^cn=.*$`, "cn=admin,ou=people"},
		"ignore case":  {`(?i)^admin$`, "Admin"},
		"regular":      {`^[a-z]+@(dev|ops)\.example\.com$`, "carol@ops.example.com"},
		"categories":   {`^\w+@\w+$`, "cärol@example"},
		"look-ahead":   {`^(?!guest).*@example\.com$`, "carol@example.com"},
	}
	for name, bb := range benchmarks {
		b.Run(name, func(b *testing.B) {
			p, err := re.Compile(bb.pattern, debian12, time.Second)
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for b.Loop() {
				if found, err := p.Search(bb.text); err != nil || !found {
					b.Fatal(found, err)
				}
			}
		})
	}
}

// TestPlainPatternsDoNotAllocate keeps the quick way quick.
func TestPlainPatternsDoNotAllocate(t *testing.T) {
	for _, pattern := range []string{`admin`, `^admin`, `admin$`, `^admin$`, `^(a|b|admin)$`, `.*admin$`, `^adm.*$`, `^[a-z]+$`} {
		p, err := re.Compile(pattern, debian12, time.Second)
		if err != nil {
			t.Fatal(err)
		}
		if n := testing.AllocsPerRun(100, func() { _, _ = p.Search("admin") }); n != 0 {
			t.Errorf("%s: %v allocations", pattern, n)
		}
	}
}
