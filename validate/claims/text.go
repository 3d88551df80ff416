package claims

import (
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
)

// list names things for people.
func list(all []string) string { return strings.Join(all, ", ") }

// words writes arguments of httpd.
func words(all []string) string {
	var out []string
	for _, w := range all {
		if q, err := httpdconf.Quote(w); err == nil {
			w = q
		}
		out = append(out, w)
	}
	return strings.Join(out, " ")
}

func without(all, some []string) []string {
	return slices.DeleteFunc(slices.Clone(all), func(w string) bool { return slices.Contains(some, w) })
}

// appended is a fix that adds a text behind the last argument.
func appended(c *httpdconf.Command, text string) *finding.Fix {
	fix := replaced(c, len(c.Words())-1, text)
	if fix != nil {
		fix.Title = "add" + text
		fix.Edits[0].At.Start = fix.Edits[0].At.End
	}
	return fix
}
