package keystone

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/internal/oslo"
	"github.com/fedstone/fedstone/validate/rule"
)

func assertionPrefixHides() rule.Rule {
	return rule.Rule{
		Slug:     "assertion-prefix-hides",
		Severity: finding.Error,
		Title:    "assertion_prefix hides variables that a login needs",
		Why: "Keystone passes only variables that begin with `assertion_prefix` to the mapping, and looks for the issuer among them, too. One prefix cannot cover both `OIDC-…` and `HTTP_OIDC_…`. " +
			"Where the issuer's variable or what a rule asks for begins otherwise, every login ends in 401.",
		Mend:   "Make it what all variables begin with, such as `OIDC-`, or leave it out.",
		Source: "Keystone, keystone/federation/utils.py, get_assertion_params_from_env and validate_idp",
		Check: func(p *rule.Pass) {
			if p.Keystone == nil {
				return
			}
			prefix, v, ok := text(p.Site, "federation", "assertion_prefix")
			if !ok || prefix == "" {
				return
			}
			hidden, at := hiddenAttribute(p, prefix)
			if hidden == "" {
				hidden, at = hiddenType(p, prefix)
			}
			if hidden == "" {
				return
			}
			p.Report(finding.Finding{
				At:      line(v),
				Message: fmt.Sprintf("assertion_prefix %q hides the variable %s, which a login needs: it ends in 401", firstLine(prefix), hidden),
				Hint:    "# assertion_prefix =",
				Related: []finding.Related{{Message: "here it is asked for", At: at}},
				Fix:     asComment(v),
			}, aboutRemoteID)
		},
	}
}

// hiddenAttribute gives the variable with the issuer, where the prefix hides it.
func hiddenAttribute(p *rule.Pass, prefix string) (string, finding.Range) {
	for _, u := range uses(p.Site) {
		v, ok := p.Keystone.RemoteIDAttribute(u.protocol)
		if ok && len(oslo.References(v.Text)) == 0 && v.Text != "" && !strings.HasPrefix(v.Text, prefix) {
			return v.Text, line(v)
		}
	}
	return "", finding.Range{}
}

// hiddenType gives what the first rule of a mapping asks for, where the prefix hides it.
func hiddenType(p *rule.Pass, prefix string) (string, finding.Range) {
	for _, m := range p.Mappings {
		for _, r := range m.Doc.Rules {
			for _, remote := range r.Get("remote").Items() {
				if name, at := typeOf(remote); name != "" && !strings.HasPrefix(name, prefix) {
					return name, at
				}
			}
		}
	}
	return "", finding.Range{}
}

func typeOf(remote *engine.Node) (string, finding.Range) {
	n := remote.Get("type")
	if n == nil {
		return "", finding.Range{}
	}
	return n.Text(), n.At
}
