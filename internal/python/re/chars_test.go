package re_test

import (
	"encoding/json"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/python"
	"github.com/fedstone/fedstone/internal/python/re"
)

// categories are compared over all of Unicode.
var categories = []string{`\d`, `\w`, `\s`}

// sets are compared where letters have cases.
var sets = []string{`\W`, `[^\W\d_]`, `(?a)\w`, `(?a)\s`, `(?a)\D`, `(?i)[a-z]`, `(?i)[^a-z]`, `(?ai)[k-s]`, `(?i)[\W]`,
	`(?i)[\Wk]`, `(?i)[^\wk]`, `(?i)[À-ſ]`, `(?i)[Α-Ω]`, `(?i)[ꙋ𐐀]`, `(?i)[𐐀-𐐧]`, `(?i)[ -𐐧]`, `(?ai)[x𐐀-𐐧]`, `(?i)[^𐐀]`, `(?i)𐐀`,
	`(?i)[ሴ-ꯍ]`, "[\x00-\u07ff]", "."}

const charsProgram = `
import json, re, sys, warnings
warnings.simplefilter("ignore")
chars, *patterns = json.load(sys.stdin)
print(json.dumps(["".join(re.findall(p, chars)) for p in patterns]))
`

// TestEveryCharacter compares sets over all of Unicode, with the tables of each release.
func TestEveryCharacter(t *testing.T) {
	eachPython(t, func(t *testing.T, o *oracle) {
		compareSets(t, o, runes(0, 0xD7FF, 0xE000, 0x10FFFF), categories)
		compareSets(t, o, runes(0, 0x2FFF, 0xA640, 0xABFF, 0xFB00, 0xFFFF, 0x10400, 0x104FF, 0x1E900, 0x1E95F), sets)
	})
}

func compareSets(t *testing.T, o *oracle, chars []rune, patterns []string) {
	t.Helper()
	for i, want := range askOnce(t, o, charsProgram, append([]string{string(chars)}, patterns...)) {
		if got := matching(t, o.version, patterns[i], chars); got != want {
			t.Errorf("%s: got %q…, Python has %q…", patterns[i], firstDifference(got, want), firstDifference(want, got))
		}
	}
}

// runes gives the characters from each first bound to the second.
func runes(bounds ...rune) (out []rune) {
	for ; len(bounds) > 0; bounds = bounds[2:] {
		for ch := bounds[0]; ch <= bounds[1]; ch++ {
			out = append(out, ch)
		}
	}
	return out
}

const casesProgram = `
import json, re, sys, warnings, _sre
warnings.simplefilter("ignore")
cased = [chr(c) for c in range(0x110000) if _sre.unicode_iscased(c)]
shapes = json.load(sys.stdin)
text = "".join(cased)
print(json.dumps([text] + [shape.replace("X", c) + "\n" + "".join(re.findall(shape.replace("X", c), text)) for c in cased for shape in shapes]))
`

// TestEveryCase compares what each cased character matches when case is ignored.
func TestEveryCase(t *testing.T) {
	eachPython(t, func(t *testing.T, o *oracle) {
		answers := askOnce(t, o, casesProgram, []string{"(?i)X", "(?i)[X_]"})
		cased := []rune(answers[0])
		for _, answer := range answers[1:] {
			pattern, want, _ := strings.Cut(answer, "\n")
			if got := matching(t, o.version, pattern, cased); got != want {
				t.Errorf("%s: got %q, Python says %q", pattern, firstDifference(got, want), firstDifference(want, got))
			}
		}
	})
}

// matching gives the characters in which a pattern is found.
func matching(t *testing.T, v python.Version, pattern string, chars []rune) string {
	t.Helper()
	p, err := re.Compile(pattern, v, time.Second)
	if err != nil {
		t.Fatalf("%s: %v", pattern, err)
	}
	var b strings.Builder
	for _, ch := range chars {
		found, err := p.Search(string(ch))
		if err != nil {
			t.Fatalf("%s: %v", pattern, err)
		}
		if found {
			b.WriteRune(ch)
		}
	}
	return b.String()
}

// firstDifference gives what a has from where it differs from b.
func firstDifference(a, b string) string {
	as, bs := []rune(a), []rune(b)
	for i := range as {
		if i >= len(bs) || as[i] != bs[i] {
			return string(as[i:min(len(as), i+4)])
		}
	}
	return ""
}

// askOnce runs a program on a list and gives its list.
func askOnce(t *testing.T, o *oracle, program string, list []string) (answers []string) {
	t.Helper()
	in, err := json.Marshal(list)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(o.program, "-c", program)
	cmd.Stdin = strings.NewReader(string(in))
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(out, &answers); err != nil {
		t.Fatal(err)
	}
	return answers
}

// TestSuiteOfCPython asks what CPython's own test.re_tests asks, where that is installed.
func TestSuiteOfCPython(t *testing.T) {
	const program = `
import json
try: from test.re_tests import tests
except ImportError: tests = []
print(json.dumps([s for t in tests for s in t[:2]]))`
	eachPython(t, func(t *testing.T, o *oracle) {
		pairs := askOnce(t, o, program, nil)
		if len(pairs) == 0 {
			t.Skip("Python's package test is not installed")
		}
		var n tally
		for i := 0; i < len(pairs); i += 2 {
			n.compare(t, o, question{Pattern: pairs[i], Strings: []string{pairs[i+1]}})
		}
		t.Log(n)
		if diff := cmp.Diff(0, n.undecidable); diff != "" {
			t.Errorf("undecidable (-want +got):\n%s", diff)
		}
	})
}
