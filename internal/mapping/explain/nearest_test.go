package explain_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/mapping/explain"
)

// TestNearest: of rules that do not hold, the one that the largest part of holds.
func TestNearest(t *testing.T) {
	rule := func(remote string) string {
		return `{"local": [{"user": {"name": "x"}}], "remote": [` + remote + `]}`
	}
	const sub, mail, a, b = `{"type": "sub"}`, `{"type": "mail"}`, `{"type": "a"}`, `{"type": "b", "any_one_of": ["x"]}`
	for name, c := range map[string]struct {
		rules []string
		want  string // "" for no such line
	}{
		"the second":         {[]string{rule(mail), rule(sub + "," + mail)}, "nearest: rule 2, which stops at mail: nothing of this name came"},
		"the first of equal": {[]string{rule(sub + "," + mail), rule(sub + "," + a)}, "nearest: rule 1, which stops at mail: nothing of this name came"},
		"by the part":        {[]string{rule(sub + "," + sub + "," + a + "," + a + "," + a), rule(sub + "," + b)}, "nearest: rule 2, which stops at b: no value that came is listed"},
		"one rule is plain":  {[]string{rule(sub + "," + mail)}, ""},
		"none is near":       {[]string{rule(mail), rule(a)}, ""},
		"one holds":          {[]string{rule(sub + "," + mail), rule(sub)}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			r := one(t, `{"rules": [`+strings.Join(c.rules, ", ")+`]}`, explain.Variable{Name: "sub", Value: "1"}, explain.Variable{Name: "b", Value: "y"})
			var text bytes.Buffer
			if err := r.WriteText(&text, explain.TextOptions{}); err != nil {
				t.Fatal(err)
			}
			second := strings.Split(text.String(), "\n")[1]
			if got := strings.HasPrefix(second, "nearest: "); got != (c.want != "") || got && second != c.want {
				t.Errorf("got %q, want %q", second, c.want)
			}
		})
	}
}
