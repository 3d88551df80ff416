package bearer

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func requireProviderNotLoaded() rule.Rule {
	return rule.Rule{
		Slug:     "require-provider-not-loaded",
		Severity: finding.Error,
		Title:    "Require names a claim, and the module that reads claims is not loaded",
		Why: "`claim` is a word that mod_auth_openidc teaches `Require`, `oauth2_claim` one of mod_oauth2. Where the module is not loaded " +
			"httpd does not start: `Unknown Authz provider`. That happens when a configuration for one of them is carried over to the other.",
		Mend:   "Load the module (`a2enmod auth_openidc`), or use the word of the one that is loaded.",
		Source: "httpd modules/aaa/mod_authz_core.c, add_authz_provider",
		Check: func(p *rule.Pass) {
			for _, t := range p.Trees {
				for _, symbol := range []string{"auth_openidc_module", "oauth2_module"} {
					if yes, sure := t.Loads(symbol); sure && !yes {
						reportUnknown(p, t, symbol)
					}
				}
			}
		},
	}
}

// reportUnknown speaks of the first Require that needs a module.
func reportUnknown(p *rule.Pass, t *subject.Tree, symbol string) {
	for _, c := range t.Commands("require") {
		if name := subject.Arg(c, 0); providers()[name] == symbol {
			p.On(c, finding.Finding{
				Message: fmt.Sprintf("`Require %s` needs %s, which is not loaded: httpd does not start", name, symbol),
				Hint:    fmt.Sprintf("LoadModule %s modules/mod_%s.so", symbol, strings.TrimSuffix(symbol, "_module")),
			}, word{t, name})
			return
		}
	}
}

// word is a word of Require in a tree, about which a finding is.
type word struct {
	tree *subject.Tree
	name string
}

// providers gives the module that knows a word.
func providers() map[string]string {
	return map[string]string{"claim": "auth_openidc_module", "claims_expr": "auth_openidc_module", "oauth2_claim": "oauth2_module"}
}
