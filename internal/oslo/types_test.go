package oslo_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode"

	"github.com/fedstone/fedstone/internal/oslo"
	"github.com/google/go-cmp/cmp"
)

// typeCases are texts as they stand behind "a = ".
var typeCases = []string{
	"", "true", "True", "tRUE", "1", "01", "on", "yes", "y", "t", "false", "0", "OFF", "no", "none", "\" true\"", "tru\u212a", "oﬀ",
	"5", "+5", "-5", "+-5", "-+5", "--5", "- 5", "1_000", "_1", "1_", "1__0", "+_1", "0x10", "1e3", "1.0", "007", "' 7 '", "\"\u20037\u3000\"", "5 # five", "-0", "", "+", "_",
	"9223372036854775807", "-9223372036854775808", "a", "a,b", "a, b , c", ",", ",,", "a,,b", ",a", "a,", "a, ,", "a , ,,", "\"a\",\"b\"", "'a', 'b'", "\"a,b\"", "[a,b]",
	"a\n  b", "a,\n  b,\n  c", "\n  a,\n  b", "password,token,openid", "\" a\u00a0,\u2003b \"", "$$5", "a,$$",
}

// TestTypesAsOsloConfig compares what options of each type become.
func TestTypesAsOsloConfig(t *testing.T) {
	texts := append(typeCases, allDigits()...)
	registered := []option{{"g", "boolean", "boolean", nil}, {"g", "integer", "integer", nil}, {"g", "list", "list", nil}}
	var questions []question
	for _, text := range texts {
		file := fmt.Sprintf("[g]\nboolean = %[1]s\ninteger = %[1]s\nlist = %[1]s\n", text)
		questions = append(questions, question{Files: [][]byte{[]byte(file)}, Options: registered, Read: [][2]string{{"g", "boolean"}, {"g", "integer"}, {"g", "list"}}})
	}
	for i, want := range ask(t, questions) {
		if diff := cmp.Diff(want.Values, converted(read(t, questions[i]))); diff != "" {
			t.Errorf("%q: %s", texts[i], diff)
		}
	}
}

func converted(config *oslo.Config) []given {
	v, _ := config.Get("g", "list")
	text := config.Resolve(v, oslo.Options{}).Text
	boolean, integer, list := given{Error: refusedValue}, given{Error: refusedValue}, given{Value: []any{}}
	if b, ok := oslo.AsBool(text); ok {
		boolean = given{Value: b}
	}
	if n, ok := oslo.AsInt(text); ok {
		integer = given{Value: float64(n)}
	} else if strings.TrimFunc(text, unicode.IsSpace) == "" {
		integer = given{}
	}
	for _, item := range oslo.AsList(text) {
		list.Value = append(list.Value.([]any), item)
	}
	return []given{boolean, integer, list}
}

const refusedValue = "ConfigFileValueError"

// allDigits are the decimal digits of Unicode 13, in a number each: the Python at
// hand may not know later ones.
func allDigits() (texts []string) {
	for r := rune(0x80); r < unicode.MaxRune; r++ {
		if unicode.Is(unicode.Nd, r) && !lateDigit(r) {
			texts = append(texts, "1"+string(r))
		}
	}
	return texts
}

// lateDigit tells the digits of Kawi and of scripts after it.
func lateDigit(r rune) bool { return r >= 0x11f50 && r <= 0x11f59 || r >= 0x1e4f0 && r <= 0x1e4f9 }
