package keystone

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/oslo"
	"github.com/fedstone/fedstone/validate/rule"
)

func remoteIDSectionMisspelt() rule.Rule {
	return rule.Rule{
		Slug:     "remote-id-section-misspelt",
		Severity: finding.Warning,
		Title:    "remote_id_attribute stands in a section that is no protocol's",
		Why: "The section must be called as the protocol is: `[openid]` for the protocol openid. One of another name, such as `[oidc]` of old guides, is never looked at. " +
			"Keystone then falls back to `[federation]`, and where that has nothing either, it does not compare the issuer at all.",
		Mend:   "Call the section as the protocol is called in httpd's paths.",
		Source: "Keystone, keystone/federation/utils.py, get_remote_id_parameter",
		Check: func(p *rule.Pass) {
			if p.Keystone == nil {
				return
			}
			every := uses(p.Site)
			all := every
			if len(all) != 1 {
				all = lacking(p, all)
			}
			if len(all) == 0 {
				return
			}
			for _, f := range p.Keystone.Conf.Files() {
				for _, s := range f.Sections {
					if v, ok := attributeIn(s); ok && !belongs(every, s.Name) {
						p.Report(misspeltSection(s, v, all), aboutRemoteID, option("remote_id_attribute"))
					}
				}
			}
		},
	}
}

// lacking are the uses whose protocol has no variable in its own section.
func lacking(p *rule.Pass, all []use) []use {
	return slices.DeleteFunc(slices.Clone(all), func(u use) bool {
		_, ok := p.Keystone.Conf.Get(u.protocol, "remote_id_attribute")
		return ok
	})
}

func attributeIn(s oslo.Section) (oslo.Value, bool) {
	for _, v := range s.Values {
		if v.Key == "remote_id_attribute" {
			return v, true
		}
	}
	return oslo.Value{}, false
}

// belongs reports whether a section is one in which remote_id_attribute may stand: a
// protocol's that is used or that Keystone's own methods have, or [federation].
func belongs(every []use, section string) bool {
	if oslo.Same(section, "federation") {
		return true
	}
	for _, u := range every {
		if oslo.Same(section, u.protocol) {
			return true
		}
	}
	return slices.ContainsFunc(mappedMethods, func(m string) bool { return oslo.Same(section, m) })
}

func misspeltSection(s oslo.Section, v oslo.Value, all []use) finding.Finding {
	f := finding.Finding{
		At:      s.At,
		Message: fmt.Sprintf("[%s] has remote_id_attribute, but no protocol is called so: %s is. Keystone does not look here", strings.TrimSpace(s.Name), all[0].protocol),
		Hint:    fmt.Sprintf("[%s]\nremote_id_attribute = %s", all[0].protocol, firstLine(v.Text)),
		Related: []finding.Related{{Message: "here the protocol is named", At: all[0].at}},
	}
	if len(all) == 1 && len(s.Values) == 1 {
		f.Fix = &finding.Fix{Title: "call the section " + all[0].protocol, Edits: []finding.Edit{{At: s.At, Text: "[" + all[0].protocol + "]"}}}
	}
	return f
}
