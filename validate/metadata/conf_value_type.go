package metadata

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/internal/platform"
	"github.com/fedstone/fedstone/validate/rule"
)

func confValueType(r *reader) rule.Rule {
	keys := platform.ConfKeys()
	return rule.Rule{
		Slug:     "conf-value-type",
		Severity: finding.Warning,
		Title:    "a value in a .conf file is of a kind that the module does not read there",
		Why: "The module asks for a text, a whole number or a list, and takes any other kind for a member that is not there: the virtual host's setting or the default counts, without a word. " +
			"Scopes are one text with blanks between them, not a list; numbers stand without quotes and without a point; of flags, words such as \"Off\" are read, too.",
		Mend:   "Write the value as the kind that is expected.",
		Source: "mod_auth_openidc, src/util.c, oidc_json_object_get_string and oidc_json_object_get_int",
		Check: r.each(func(p *rule.Pass, i *issuer) {
			for _, m := range members(i.Conf) {
				k, known := keys[m.Key]
				if !known || reads(k.Kind, m.Value) {
					continue
				}
				fix := converted(k.Kind, m.Value)
				f := finding.Finding{Message: fmt.Sprintf("%s is %s, expected %s: the module passes it over", m.Key, kindOf(m.Value), expected(k.Kind)), Fix: fix}
				if fix != nil {
					f.Hint = fmt.Sprintf("%q: %s", m.Key, fix.Edits[0].Text)
				}
				i.on(p, i.Conf, m.Value, f)
			}
		}),
	}
}

// converted is a fix that writes the same value as the right kind; nil where it
// cannot be told what was meant.
func converted(kind platform.ConfKind, n *engine.Node) *finding.Fix {
	switch v := n.Value.(type) {
	case string:
		if _, err := strconv.Atoi(v); err == nil && kind == platform.ConfNumber {
			return written(n, v)
		}
	case []*engine.Node:
		if kind == platform.ConfText {
			return joined(n)
		}
	}
	return nil
}

// joined is a fix that makes one text of a list of texts.
func joined(n *engine.Node) *finding.Fix {
	var words []string
	for _, item := range n.Items() {
		if item.Text() == "" {
			return nil
		}
		words = append(words, item.Text())
	}
	return written(n, quoted(strings.Join(words, " ")))
}
