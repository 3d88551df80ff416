package python_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/python"
)

var python311 = python.Version{Major: 3, Minor: 11}

// TestDepth puts ever deeper texts to both. Where Python's answer hangs on how
// deep it is called, ours may be open, but only near the limits.
func TestDepth(t *testing.T) {
	around := func(open, core, shut string, counts ...int) (out []question) {
		for _, n := range counts {
			out = append(out, question{Op: "literal", Text: strings.Repeat(open, n) + core + strings.Repeat(shut, n)})
		}
		return out
	}
	var questions []question
	for _, brackets := range [][3]string{
		{"[", "", "]"}, {"[", "1", "]"}, {"(", "1", ")"}, {"(", "", ")"}, {"(", "1", ",)"}, {"{1:", "1", "}"}, {"{", "1", "}"}, {"a(", "", ")"}, {"a[", "1", "]"},
		{"[1,", "", "]"}, {"[", "", ",1]"}, {"(1,", "", ")"}, {"{1:1, 2:", "3", "}"}, {"[{1:(", "3", ",)}]"}, {"f(x, ", "1", ")"}, {"not (", "1", ")"}, {"[-(", "1", ")]"},
	} {
		questions = append(questions, around(brackets[0], brackets[1], brackets[2], 2, 100, 190, 199, 200, 201, 300)...)
		questions = append(questions, around(brackets[0], "", "", 100, 199, 200, 201, 300)...)
		for _, signs := range []int{0, 1000, 3300, 5000} {
			for _, n := range []int{1, 30, 120, 180} {
				questions = append(questions, around(brackets[0], strings.Repeat("-", signs)+"1", brackets[2], n)...)
			}
		}
	}
	for _, chain := range []string{"-", "+", "~", "not ", "1+", "a.", "a-", "1**", "1 or ", "1<", "1 if 1 else ", "'a' ", "1,", "a()()."} {
		questions = append(questions, around(chain, "a", "", 1, 100, 1000, 1900, 4000, 5900, 6100, 7000)...)
		questions = append(questions, around(chain, "'a'", "", 1, 100, 1000, 1900, 4000, 5900, 6100, 7000)...)
	}
	eachPython(t, func(t *testing.T, program string, ver python.Version) {
		open := compare(t, program, ver, questions)
		t.Logf("%d compared, of which %d are undecidable", len(questions), open)
		if open > len(questions)/6 {
			t.Errorf("%d of %d are undecidable", open, len(questions))
		}
	})
}

// TestHuge: a million of anything is answered, and not by running out of memory.
func TestHuge(t *testing.T) {
	const million = 1_000_000
	for _, part := range []string{"[", "(", "{", "-", "not ", "a.", "a(", "1+", "'", "\"\"\"", "'a' ", "[[1],", "1,", "\\", "\\\n", "\n", " ", "#", "0", "9", "0x1", "1_", ".", "{1:", "lambda:", "f''", "*", "\x00", "é", "1if 1else ", "b''", "'\\x", "\\N{"} {
		text := strings.Repeat(part, million/len(part))
		check(t, python.LiteralEval, text, python311)
		check(t, python.LiteralEval, "["+text, python.Version{Major: 3, Minor: 9})
	}
	for _, part := range []string{"[", `{"a":`, `"\ud83d`, "9", "-", "1e", " ", `"`, `\`, "[],", "0."} {
		text := strings.Repeat(part, million/len(part))
		check(t, func(s string, _ python.Version) (any, error) { return python.JSON(s) }, text, python311)
		check(t, func(s string, _ python.Version) (any, error) { return python.JSON(s) }, `["`+text, python311)
	}
	for _, part := range []string{"{", "}", "{{", "{0", "{0}", "{0:{0", "{0:", "{}", "{0[0]", "[", "{0:{1}}", "{0!r}", "{0:9999999}", "{0:\U0001f600^999999}", "{0.a", "{1}", "{1!a}"} {
		args := []python.Arg{{Values: []string{strings.Repeat("x", 1000)}}, {Values: []string{"a", "b"}}}
		_, err := python.ParseTemplate(strings.Repeat(part, million/len(part))).Append(nil, args, python311)
		known(t, part, err)
	}
}

func check(t *testing.T, eval func(string, python.Version) (any, error), text string, ver python.Version) {
	t.Helper()
	_, err := eval(text, ver)
	known(t, text, err)
}

// known fails for an error that is none of this package's.
func known(t *testing.T, text string, err error) {
	t.Helper()
	var raised *python.Exception
	var open *python.Undecidable
	if err != nil && !errors.As(err, &raised) && !errors.As(err, &open) {
		t.Errorf("%.20q: %v", text, err)
	}
}
