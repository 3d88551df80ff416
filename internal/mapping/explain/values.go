package explain

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/mattn/go-runewidth"

	"github.com/fedstone/fedstone/internal/claims"
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/internal/python"
)

// Longest is how wide a single value is drawn before it is cut, and few is how
// many of a list are drawn.
const (
	longest = 60
	few     = 8
)

// value makes a foreign text fit into a line: printable, cut, and in quotes
// where its ends or its emptiness would not be seen. A token in it is not shown.
func value(s string) string { return quoted(cut(finding.Printable(claims.Shown(s)), longest), s) }

// whole is value without the cut.
func whole(s string) string { return quoted(finding.Printable(claims.Shown(s)), s) }

func quoted(drawn, s string) string {
	switch {
	case s != "" && s == strings.TrimSpace(s) && !strings.ContainsAny(s, ", ;"):
		return drawn
	case strings.Contains(s, `"`) && !strings.Contains(s, "'"): // JSON, mostly
		return "'" + drawn + "'"
	}
	return `"` + drawn + `"`
}

func cut(s string, width int) string {
	if runewidth.StringWidth(s) <= width {
		return s
	}
	return runewidth.Truncate(s, width, "…")
}

// printable makes every text of a list safe to show; nil stays nil.
func printable(list []string) []string {
	if list == nil {
		return nil
	}
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = finding.Printable(s)
	}
	return out
}

// values draws a list: the first few of it.
func values(list []string) string {
	if len(list) == 0 {
		return "nothing"
	}
	out := make([]string, 0, few)
	for _, v := range list[:min(few, len(list))] {
		out = append(out, value(v))
	}
	text := strings.Join(out, ", ")
	if more := len(list) - few; more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}

// wanted draws what a rule lists: strings as they are, other JSON as JSON.
func wanted(list []any, regex bool) string {
	texts := texts(list)
	if !regex {
		return values(texts)
	}
	for i, pattern := range texts {
		texts[i] = "/" + pattern + "/"
	}
	if len(texts) > few {
		texts = append(texts[:few], "…")
	}
	return cut(finding.Printable(strings.Join(texts, ", ")), 2*longest)
}

// scalar gives any value as text: a string as it is, a rule's JSON as JSON, and
// what only a Python literal brings as its repr.
func scalar(v any) string {
	switch v := v.(type) {
	case nil:
		return "none"
	case string:
		return v
	case bool, json.Number, engine.Object, []any:
		text, err := json.Marshal(v)
		if err != nil {
			return fmt.Sprint(v)
		}
		return string(text)
	}
	return python.Repr(v, python.Default())
}

// object gives a rule's object, or a dictionary that a claim brought, as one.
func object(v any) (engine.Object, bool) {
	switch v := v.(type) {
	case engine.Object:
		return v, true
	case *python.Dict:
		out := engine.Object{}
		for i := range v.Len() {
			key, item := v.At(i)
			out = append(out, engine.Field{Key: scalar(key), Value: item})
		}
		return out, true
	}
	return nil, false
}

// domain draws what names a domain: an Object of name or id, or Python's None.
func domain(v any) string {
	o, ok := object(v)
	switch {
	case !ok || len(o) == 0:
		return "no domain"
	case o.Text("name") != "":
		return "domain " + value(o.Text("name"))
	case o.Text("id") != "":
		return "domain id " + value(o.Text("id"))
	}
	return "domain " + cut(finding.Printable(scalar(v)), longest)
}

// count puts a number before a noun.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// joined puts words side by side: a, b and c.
func joined(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " and " + words[last]
}
