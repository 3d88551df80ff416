package python_test

import (
	"math"
	"math/big"
	"math/rand/v2"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/python"
)

// sameKeys are written as literals: those of a row are one key, of two rows not.
var sameKeys = [][]string{
	{"0", "0.0", "-0.0", "False", "0j", "0x0"}, {"1", "1.0", "True", "1+0j"}, {"-1", "-1.0"}, {"1j", "0+1j", "1.0j"}, {"1+1j"}, {"1.5"},
	{"10000000000000000000000", "1e22"}, {"100000000000000000000000", "99999999999999999999999+1-1"}, {"1e23"}, {"1e400", "1e401"}, {"-1e400"}, {"10"}, {"16"}, {"0x10", "16.0"},
	{"'a'", `"a"`, "u'a'"}, {"b'a'"}, {"'1'"}, {"''"}, {"b''"}, {"None"}, {"..."}, {"()"}, {"(1,)", "(1.0,)", "(True,)"}, {"(1, 2)"}, {"((1,), 2)"}, {"(1, (2,))"}, {"('a', 'b')"}, {"('ab',)"}, {"('a1:b',)"}, {"'a', 'b1'"},
}

func TestKeysAreEqualAsInPython(t *testing.T) {
	var texts []string
	for _, row := range sameKeys {
		texts = append(texts, row...)
	}
	var questions []question
	for i, a := range texts {
		for _, b := range texts[i:] {
			questions = append(questions, question{Op: "literal", Text: "{" + a + ", " + b + "}"}, question{Op: "literal", Text: "{(" + a + "): 1, (" + b + "): 2}"})
		}
	}
	eachPython(t, func(t *testing.T, program string, ver python.Version) { compare(t, program, ver, questions) })
}

func TestFloatsAreWrittenAsInPython(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	var questions []question
	for range 800 {
		for _, f := range []float64{math.Float64frombits(r.Uint64()), r.NormFloat64(), float64(r.IntN(1 << 40)), math.Pow(10, float64(r.IntN(44)-22))} {
			if text := strconv.FormatFloat(f, 'g', 17, 64); !math.IsNaN(f) && !math.IsInf(f, 0) {
				questions = append(questions, question{Op: "json", Text: text}, question{Op: "literal", Text: text + "j"}, question{Op: "literal", Text: text + "-" + strconv.FormatFloat(math.Abs(f), 'g', 5, 64) + "j"})
			}
		}
	}
	eachPython(t, func(t *testing.T, program string, ver python.Version) { compare(t, program, ver, questions) })
}

func TestDict(t *testing.T) {
	var d python.Dict
	for _, entry := range [][2]any{{"a", 1}, {true, 2}, {big.NewInt(1), 3}, {"a", 4}} {
		if err := d.Put(entry[0], entry[1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.Put(python.List{}, 1); err == nil {
		t.Error("a list is a key")
	}
	got := [][2]any{}
	for i := range d.Len() {
		key, value := d.At(i)
		got = append(got, [2]any{key, value})
	}
	if diff := cmp.Diff([][2]any{{"a", 4}, {true, 3}}, got); diff != "" {
		t.Error(diff)
	}
	if v, ok := d.Get(1.0); !ok || v != 3 {
		t.Errorf("1.0 is %v, %v", v, ok)
	}
	if _, ok := d.Get(python.List{}); ok {
		t.Error("a list is found")
	}
}

func TestIterate(t *testing.T) {
	cases := map[string]struct{ want, fails string }{
		"'aé'": {want: "['a', 'é']"}, "b'a'": {want: "[97]"}, "(1, 2)": {want: "[1, 2]"}, "[1]": {want: "[1]"}, "{'k': 1}": {want: "['k']"}, "{1}": {want: "[1]"}, "set()": {want: "[]"},
		"{1, 2}": {fails: "cannot be decided: a set's order is left to chance"}, "1": {fails: "TypeError: 'int' object is not iterable"}, "None": {fails: "TypeError: 'NoneType' object is not iterable"}, "...": {fails: "TypeError: 'ellipsis' object is not iterable"},
	}
	for text, c := range cases {
		t.Run(text, func(t *testing.T) {
			v, err := python.LiteralEval(text, python311)
			if err != nil {
				t.Fatal(err)
			}
			got, err := python.Iterate(v)
			if err == nil {
				if diff := cmp.Diff(c.want, python.Repr(python.List(got), python311)); diff != "" {
					t.Error(diff)
				}
				return
			}
			if diff := cmp.Diff(c.fails, err.Error()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestStrayBytesAreSurrogates(t *testing.T) {
	if diff := cmp.Diff(`'a\udcff'`, python.Repr("a\xff", python311)); diff != "" {
		t.Error(diff)
	}
}
