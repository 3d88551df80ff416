package python_test

import (
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/python"
)

// ours answers a question as ask.py does.
func ours(q question, ver python.Version) (string, error) {
	switch q.Op {
	case "repr":
		return python.Repr(q.Text, ver), nil
	case "literal":
		v, err := python.LiteralEval(q.Text, ver)
		return show(v, ver), err
	case "json":
		v, err := python.JSON(q.Text)
		return show(v, ver), err
	}
	args := make([]python.Arg, len(q.Args))
	for i, values := range q.Args {
		args[i].Values = values
	}
	out, err := python.ParseTemplate(q.Text).Append(nil, args, ver)
	return string(out), err
}

// show is Repr, with the members of sets in the order of ask.py.
func show(v any, ver python.Version) string { return python.Repr(sorted(v, ver), ver) }

func sorted(v any, ver python.Version) any {
	each := func(items []any) []any {
		out := make([]any, len(items))
		for i := range items {
			out[i] = sorted(items[i], ver)
		}
		return out
	}
	switch v := v.(type) {
	case python.List:
		return python.List(each(v))
	case python.Tuple:
		return python.Tuple(each(v))
	case python.Set:
		out := each(v)
		slices.SortFunc(out, func(a, b any) int { return strings.Compare(python.Repr(a, ver), python.Repr(b, ver)) })
		return python.Set(out)
	case *python.Dict:
		out := &python.Dict{}
		for i := range v.Len() {
			key, value := v.At(i)
			if err := out.Put(key, sorted(value, ver)); err != nil {
				return err
			}
		}
		return out
	}
	return v
}

// compare holds ours against Python's, question by question, and gives how many
// we cannot decide.
func compare(t *testing.T, program string, ver python.Version, questions []question) (undecidable int) {
	t.Helper()
	theirs := ask(t, program, questions)
	failed := 0
	for i, q := range questions {
		got, err := ours(q, ver)
		var open *python.Undecidable
		if errors.As(err, &open) {
			undecidable++
			continue
		}
		if problem := differs(q, got, err, theirs[i]); problem != "" && failed < 25 {
			failed++
			t.Errorf("%s %q %q: %s", q.Op, shortened(q.Text), q.Args, problem)
		}
	}
	return undecidable
}

func differs(q question, got string, err error, want answer) string {
	var raised *python.Exception
	switch {
	case errors.As(err, &raised) && (raised.Class == want.Class || alike(q, raised.Class, want.Class)):
		return ""
	case err != nil:
		return "we raise " + shortened(err.Error()) + ", Python " + shortened(want.Class+" "+want.Message+want.Result)
	case want.Class != "":
		return "we give " + shortened(got) + ", Python raises " + want.Class + ": " + shortened(want.Message)
	case got != want.Result:
		return "we give " + shortened(got) + ", Python " + shortened(want.Result)
	}
	return ""
}

// unread is what LiteralEval's documentation names: there it does not promise to
// tell a ValueError from a SyntaxError.
var unread = regexp.MustCompile(`(?i)f['"]|fr['"]|\x00|lambda|yield|await|for\b|async\b`)

func alike(q question, a, b string) bool {
	both := []string{a, b}
	slices.Sort(both)
	return q.Op == "literal" && unread.MatchString(q.Text) && slices.Equal(both, []string{"SyntaxError", "ValueError"})
}

func shortened(s string) string {
	if len(s) > 200 {
		return s[:60] + " … " + s[len(s)-60:]
	}
	return s
}
