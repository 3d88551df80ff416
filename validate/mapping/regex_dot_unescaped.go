package mapping

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/validate/rule"
)

func regexDotUnescaped(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "regex-dot-unescaped",
		Severity: finding.Info,
		Title:    "a dot in the name of a domain stands for any character",
		Why: "In an expression a dot stands for any character: `@mail.example.org$` is also found in `eve@mailXexample.org`, whose domain anybody may " +
			"register. It needs an issuer that lets people of other domains in, but then the rule does.",
		Mend:   "Put a backslash before it, which JSON wants doubled: `@mail\\\\.example\\\\.org$`.",
		Source: "docs.python.org, Regular Expression Syntax",
		Check: r.eachRule(func(p *rule.Pass, x *oneRule) {
			for _, q := range x.of(engine.AnyOneOf, engine.Whitelist) {
				for _, n := range q.values() {
					exact, ok := withDots(n.Text())
					if !q.regex || !ok || !strings.ContainsAny(n.Text(), "@/") {
						continue
					}
					p.Report(finding.Finding{
						At:      n.At,
						Message: fmt.Sprintf("%s: the dot in %s stands for any character", x, quoted(n.Text())),
						Hint:    quoted(exact),
						Fix:     rewrite("escape the dot", n, exact),
					}, x.node, n)
				}
			}
		}),
	}
}

// withDots escapes the dots that stand between two letters or digits, outside of a
// class; ok tells whether there are any.
func withDots(expression string) (exact string, ok bool) {
	var b strings.Builder
	class := false
	for i := 0; i < len(expression); i++ {
		c := expression[i]
		switch {
		case c == '\\' && i+1 < len(expression):
			b.WriteByte(c)
			i++
		case c == '[' || class:
			class = c != ']'
		case c == '.' && i > 0 && i+1 < len(expression) && word(expression[i-1]) && word(expression[i+1]) && !escaped(expression, i-1):
			b.WriteByte('\\')
			ok = true
		}
		b.WriteByte(expression[i])
	}
	return b.String(), ok
}
