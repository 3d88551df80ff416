package keystone

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/oslo"
	"github.com/fedstone/fedstone/validate/rule"
)

func valueWithComment() rule.Rule {
	return rule.Rule{
		Slug:     "value-with-comment",
		Severity: finding.Error,
		Title:    "a comment behind a value is part of the value",
		Why: "In oslo.config a comment is a line of its own. Behind a value `#` and `;` are characters like others: the last method is then `openid  # corp`, and a dashboard's URL is none. " +
			"Keystone compares the whole text, so that it does not start or answers 401.",
		Mend:   "Put the comment on a line of its own.",
		Source: "oslo.config, oslo_config/iniparser.py, BaseParser",
		After:  []string{"value-swallows-a-line"},
		Check: func(p *rule.Pass) {
			each(p, func(s oslo.Section, v oslo.Value) (finding.Finding, []any, bool) {
				cut := commentIn(firstLine(v.Text))
				if cut < 0 || !ours(s.Name, v.Key) {
					return finding.Finding{}, nil, false
				}
				value := strings.TrimRight(firstLine(v.Text)[:cut], " \t")
				f := finding.Finding{
					At:      line(v),
					Message: fmt.Sprintf("%s is %q: what looks like a comment belongs to the value", v.Key, firstLine(v.Text)),
					Hint:    v.Key + " = " + value,
				}
				if bare(p.Site, v) {
					f.Fix = apart(v, value)
				}
				return f, append(shared(v.Key), v.KeyAt), true
			})
		},
	}
}

// commentIn finds what was meant as a comment; -1 where there is none.
func commentIn(value string) int {
	for _, sign := range []string{" #", "\t#", " ;", "\t;"} {
		if i := strings.Index(value, sign); i >= 0 {
			return i
		}
	}
	return -1
}

// apart puts the comment on a line of its own, in front.
func apart(v oslo.Value, value string) *finding.Fix {
	front := v.KeyAt
	front.End = front.Start
	comment := strings.TrimLeft(v.Text[len(value):], " \t")
	return &finding.Fix{Title: "put the comment on a line of its own", Edits: []finding.Edit{{At: front, Text: comment + "\n"}, {At: v.At, Text: value}}}
}
