package pysettings_test

import (
	"math/rand/v2"
	"testing"

	"github.com/fedstone/fedstone/internal/pysettings"
)

// FuzzParse: no panic, places nest and lie inside of the text, an undecided
// setting has a reason, and there is a finding or a reading, never both.
func FuzzParse(f *testing.F) {
	for _, tc := range picked {
		for _, text := range tc.files {
			f.Add(text, "X += (1,)")
		}
	}
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 5))
		f.Add(settings(r, true), mutated(r, settings(r, false)))
	}
	f.Fuzz(func(t *testing.T, first, second string) {
		one, _ := pysettings.Parse("0", []byte(first))
		other, list := pysettings.Parse("1", []byte(second))
		for _, at := range list {
			inside(t, pysettings.Part{At: at.At}, first, second)
		}
		c := pysettings.New(one, other)
		for _, name := range c.Names() {
			s, ok := c.Get(name)
			if !ok || !s.Decided && s.Why == "" || len(list) > 0 && s.Decided {
				t.Fatalf("%s: %v %+v", name, ok, s)
			}
			inside(t, s.Part, first, second)
			inside(t, pysettings.Part{At: s.NameAt}, first, second)
		}
	})
}

func inside(t *testing.T, p pysettings.Part, files ...string) {
	t.Helper()
	src := files[p.At.Path[0]-'0']
	if p.At.Start.Byte > p.At.End.Byte || p.At.End.Byte > len(src) || p.At.Start.Line < 1 || p.At.Start.Column < 1 {
		t.Fatalf("%+v is no place in a text of %d bytes", p.At, len(src))
	}
	for _, part := range p.Parts {
		inside(t, part, files...)
	}
}
