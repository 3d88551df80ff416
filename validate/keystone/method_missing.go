package keystone

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/oslo"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func methodMissing() rule.Rule {
	return rule.Rule{
		Slug:     "method-missing",
		Severity: finding.Error,
		Title:    "a protocol is no method of [auth]",
		Why: "Keystone logs a federated user in by the method that is called as the protocol is. Where `[auth] methods` lacks it, every login of the protocol ends in 401, and only Keystone's log says " +
			"\"Attempted to authenticate with an unsupported method\". The list that holds where nothing is set has `mapped`, but neither `openid` nor `saml2`.",
		Mend:   "Add the protocol to `[auth] methods`, and restart Keystone.",
		Source: "Keystone, keystone/api/_shared/authentication.py, federated_authenticate_for_token; keystone/conf/constants.py",
		After:  []string{"method-unknown", "list-with-quotes", "value-with-comment", "value-swallows-a-line", "option-misspelt", "option-in-wrong-section", "section-misspelt", "option-set-twice"},
		Check: func(p *rule.Pass) {
			if p.Keystone == nil {
				return
			}
			names, at, set, ok := methods(p.Site)
			if !ok {
				return
			}
			for _, u := range uses(p.Site) {
				if !slices.Contains(names, u.protocol) {
					p.Report(missingMethod(p.Site, u, names, at, set), option("methods"))
				}
			}
		},
	}
}

func missingMethod(s *subject.Site, u use, names []string, at oslo.Value, set bool) finding.Finding {
	f := finding.Finding{
		Message: fmt.Sprintf("[auth] methods is not set, and Keystone's own list lacks %s, the protocol of %s: every login gets 401", u.protocol, u.by),
		At:      top(s, "auth"),
		Related: []finding.Related{{Message: "here the protocol is named", At: u.at}},
		Hint:    "[auth]\nmethods = password,token,application_credential," + u.protocol,
	}
	if !set {
		return f
	}
	f.At = line(at)
	f.Message = fmt.Sprintf("[auth] methods lacks %s, the protocol of %s: every login gets 401", u.protocol, u.by)
	f.Hint = "methods = " + strings.Join(append(slices.Clone(names), u.protocol), ",")
	if bare(s, at) && slices.Contains(mappedMethods, u.protocol) && !strings.HasSuffix(at.Text, ",") {
		place := at.At
		place.Start = place.End
		f.Fix = &finding.Fix{Title: "add " + u.protocol + " to the methods", Edits: []finding.Edit{{At: place, Text: "," + u.protocol}}}
	}
	return f
}
