package access

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func authTypeWithoutModule() rule.Rule {
	return rule.Rule{
		Slug:     "auth-type-without-module",
		Severity: finding.Error,
		Title:    "the module that has this AuthType is not loaded",
		Why: "AuthType is a directive of httpd itself, so that nothing is refused at the start. At the first request no module " +
			"feels responsible for the login, and httpd answers with 500. It happens where the module's own directives stand in " +
			"`<IfModule>`, or where only AuthType and Require are used.",
		Mend:   "Load the module (`a2enmod auth_openidc`, or LoadModule), or use an AuthType of one that is loaded.",
		Source: "modules/aaa/mod_authn_core.c, authenticate_no_user",
		Check: func(p *rule.Pass) {
			for _, t := range p.Trees {
				seen := map[string]bool{}
				for _, d := range t.Doors() {
					if missing := missingModules(t, d.AuthType()); len(missing) > 0 && !seen[d.AuthType()] && d.Require().Authz != nil {
						seen[d.AuthType()] = true
						p.On(d.Setting("AuthType").Commands[0], finding.Finding{
							Message: fmt.Sprintf("AuthType %s is of %s, which is not loaded: httpd answers every request for the %s %s with 500", d.AuthType(), strings.Join(missing, " or "), d.Kind, d.Path),
							Hint:    "LoadModule " + missing[0] + " modules/mod_" + strings.TrimSuffix(missing[0], "_module") + ".so",
						}, d, d.Section, t)
					}
				}
			}
		},
	}
}

// missingModules gives the modules that have an AuthType, if none of them is loaded
// for certain.
func missingModules(t *subject.Tree, authType string) []string {
	var of []string
	switch authType {
	case "openid-connect", "oauth20":
		of = []string{"auth_openidc_module"}
	case "auth-openidc":
		of = []string{"auth_openidc_module", "oauth2_module"}
	case "oauth2":
		of = []string{"oauth2_module"}
	case "mellon":
		of = []string{"auth_mellon_module"}
	}
	loaded := func(symbol string) bool {
		yes, sure := t.Loads(symbol)
		return yes || !sure
	}
	if slices.ContainsFunc(of, loaded) {
		return nil
	}
	return of
}
