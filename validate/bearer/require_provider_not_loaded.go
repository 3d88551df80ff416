package bearer

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func requireProviderNotLoaded() rule.Rule {
	return rule.Rule{
		Slug:     "require-provider-not-loaded",
		Severity: finding.Error,
		Title:    "Require names a claim, and the module that reads claims is not loaded",
		Why: "`claim` is a word that mod_auth_openidc teaches `Require`, `oauth2_claim` one of mod_oauth2. Where the module is not loaded httpd does not start: `Unknown Authz provider`. That happens when a configuration for one of them is carried over " +
			"to the other.",
		Mend:   "Load the module (`a2enmod auth_openidc`), or use the word of the one that is loaded.",
		Source: "httpd modules/aaa/mod_authz_core.c, add_authz_provider",
		Check: func(p *rule.Pass) {
			for _, t := range p.Trees {
				seen := map[string]bool{}
				for _, c := range t.Commands("require") {
					name := subject.Arg(c, 0)
					symbol, known := providers()[name]
					if !known || seen[name] {
						continue
					}
					if seen[name] = true; lacks(t, symbol) {
						p.On(c, finding.Finding{
							Message: fmt.Sprintf("`Require %s` needs %s, which is not loaded: httpd does not start", name, symbol),
							Hint:    fmt.Sprintf("LoadModule %s modules/mod_%s.so", symbol, symbol[:len(symbol)-len("_module")]),
						}, word{t, name})
					}
				}
			}
		},
	}
}

// word is a word of Require in a tree, about which a finding is.
type word struct {
	tree *subject.Tree
	name string
}

func providers() map[string]string {
	return map[string]string{"claim": "auth_openidc_module", "claims_expr": "auth_openidc_module", "oauth2_claim": "oauth2_module"}
}

func lacks(t *subject.Tree, symbol string) bool {
	yes, sure := t.Loads(symbol)
	return sure && !yes
}
