package pysettings_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// TestPythonAgrees executes generated files with the real programs: what we call
// decided is so, at its place. A failure is repeated by the seed.
func TestPythonAgrees(t *testing.T) {
	const seed, count = 11, 2500
	r := rand.New(rand.NewPCG(seed, 0))
	cases := make([][]string, count)
	for i := range cases {
		cases[i] = []string{settings(r, true)}
		for range r.IntN(3) {
			cases[i] = append(cases[i], settings(r, false))
		}
	}
	labtest.EachPython(t, func(t *testing.T, p labtest.Python) {
		n := compareAll(t, p, cases)
		if n.raised+n.refused > count/2 || n.decided < count || n.undecided < count {
			t.Errorf("the generated files say too little: %+v", n)
		}
	})
}

func compareAll(t *testing.T, p labtest.Python, cases [][]string) tally {
	t.Helper()
	n, failed := tally{}, 0
	for i, want := range ask(t, p, cases) {
		if problem := n.compare(cases[i], want); problem != "" && failed < 5 {
			failed++
			t.Errorf("%s\n%s", problem, strings.Join(cases[i], "\n--- next file\n"))
		}
	}
	t.Logf("%+v", n)
	return n
}

// TestPythonRefuses changes a few characters: a finding must be a file that every
// Python refuses.
func TestPythonRefuses(t *testing.T) {
	const seed, count = 12, 2500
	r := rand.New(rand.NewPCG(seed, 0))
	cases := make([][]string, count)
	for i := range cases {
		cases[i] = []string{mutated(r, settings(r, true))}
	}
	labtest.EachPython(t, func(t *testing.T, p labtest.Python) {
		n := compareAll(t, p, cases)
		if n.found < n.refused/2 || n.refused < count/4 {
			t.Errorf("too few are found: %+v", n)
		}
	})
}

// mutated drops, doubles or changes a few characters.
func mutated(r *rand.Rand, s string) string {
	parts := []string{"(", ")", "[", "]", "{", "}", "'", `"`, `"""`, ",", "", ":", "\n", "\t", " ", "\\", "=", "$", "?", "“", "\u00a0", "é", "1", "x", "#", ".", "if", ";", "\n  ", "f'", "{\"", "\r", "\u200b", "\x00", "!", "´", "…"}
	runes := []rune(s)
	for range 1 + r.IntN(2) {
		i := r.IntN(len(runes))
		part := []rune(parts[r.IntN(len(parts))])
		switch r.IntN(3) {
		case 0:
			runes = append(runes[:i:i], runes[i+1:]...)
		case 1:
			runes = append(runes[:i:i], append(part, runes[i:]...)...)
		default:
			runes = append(runes[:i:i], append(part, runes[i+1:]...)...)
		}
	}
	return string(runes)
}
