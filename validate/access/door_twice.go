package access

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func doorTwice() rule.Rule {
	return rule.Rule{
		Slug:     "door-twice",
		Severity: finding.Warning,
		Title:    "two sections for one path contradict each other",
		Why: "Where two sections fit the same path, what the later one says replaces what the earlier one says, setting by setting. Of two AuthTypes, or two sets of Require lines, the first is void. " +
			"Recipes that protect the auth path once for browsers and once for tokens end so: only the later way works.",
		Mend:   "Keep one section for each path. For browsers and tokens on one path there is `AuthType auth-openidc`.",
		Source: "server/request.c, ap_location_walk; Keystone, devstack/files/federation",
		After:  []string{"denied-by-mistake"},
		Check: func(p *rule.Pass) {
			for _, v := range p.Vhosts() {
				first := make(map[way]*subject.Door, len(v.Doors()))
				for _, d := range v.Doors() {
					key := wayOf(d)
					earlier := first[key]
					if earlier == nil {
						first[key] = d
						continue
					}
					if what := contradiction(earlier.Section, d.Section); what != "" {
						p.On(d.Section, finding.Finding{
							Message: fmt.Sprintf("a second section for the %s %s: its %s the place of what line %d says", d.Kind, d.Path, what, earlier.Section.At().Start.Line),
							Hint:    "keep one of the two sections",
							Related: []finding.Related{{Message: "the first section", At: earlier.Section.At()}},
						}, earlier, d, earlier.Section)
					}
				}
			}
		},
	}
}

// way is what two sections have in common that are for the same requests.
type way struct {
	kind       subject.DoorKind
	path, args string
}

func wayOf(d *subject.Door) way {
	w := way{kind: d.Kind, path: d.Path}
	if d.Pattern && d.IdP+d.Protocol == "" {
		w.args = d.Section.RawArgs()
	}
	return w
}

// contradiction says what two sections both set, and not alike.
func contradiction(a, b *httpdconf.Command) string {
	x, y := ownAuthType(a), ownAuthType(b)
	if x != nil && y != nil && subject.Arg(x, 0) != subject.Arg(y, 0) {
		return "AuthType takes"
	}
	if own, other := requireText(a), requireText(b); own != "" && other != "" && own != other {
		return "Require lines take"
	}
	return ""
}

func requireText(section *httpdconf.Command) string {
	out := ""
	for _, c := range ownLines(section) {
		out += c.Parent().Key() + " " + c.RawArgs() + "\n"
	}
	return out
}
