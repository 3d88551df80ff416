package keystone

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/oslo"
	"github.com/fedstone/fedstone/validate/rule"
)

func sectionMisspelt() rule.Rule {
	return rule.Rule{
		Slug:     "section-misspelt",
		Severity: finding.Warning,
		Title:    "a section that nobody reads",
		Why: "oslo.config compares the names of sections without case, but white space in the brackets counts, and `DEFAULT` must be written so. " +
			"What stands in `[ federation ]`, `[federations]` or `[default]` is passed over without a word, and the defaults hold.",
		Mend:   "Write the section's name as Keystone has it.",
		Source: "oslo.config, oslo_config/iniparser.py and cfg.py, _Namespace",
		Check: func(p *rule.Pass) {
			if p.Keystone == nil {
				return
			}
			every := uses(p.Site)
			for _, f := range p.Keystone.Conf.Files() {
				for _, s := range f.Sections {
					meant := meantSection(s.Name)
					if meant == "" || isProtocol(every, s.Name) {
						continue
					}
					p.Report(finding.Finding{
						At:      s.At,
						Message: fmt.Sprintf("Keystone has no section [%s], but [%s]: nothing in it has any effect", s.Name, meant),
						Hint:    "[" + meant + "]",
						Fix:     &finding.Fix{Title: "call the section " + meant, Edits: []finding.Edit{{At: s.At, Text: "[" + meant + "]"}}},
					}, aboutValues(s)...)
				}
			}
		},
	}
}

// meantSection gives the section that a name was most likely meant for; "" for one that
// Keystone has, or that is like none.
func meantSection(name string) string {
	plain := strings.ToLower(strings.TrimSpace(name))
	switch {
	case name == "DEFAULT" || slices.ContainsFunc(sections, func(s string) bool { return oslo.Same(s, name) }):
		return ""
	case plain == "default":
		return "DEFAULT"
	case slices.Contains(sections, plain):
		return plain
	}
	if near := finding.Nearest(plain, []string{"federation", "openid", "saml2", "mapped", "auth", "oslo_middleware"}); len(plain) > 3 {
		return near
	}
	return ""
}

// isProtocol reports whether a section is called as a protocol that is in use.
func isProtocol(every []use, section string) bool {
	return slices.ContainsFunc(every, func(u use) bool { return oslo.Same(u.protocol, section) })
}

func aboutValues(s oslo.Section) []any {
	out := []any{s.At}
	for _, v := range s.Values {
		out = append(out, shared(v.Key)...)
	}
	return out
}
