package startup

import (
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf/walkcheck"
	"github.com/fedstone/fedstone/validate/rule"
)

func directiveNotHere() rule.Rule {
	return rule.Rule{
		Slug:     "directive-not-here",
		Severity: finding.Error,
		Title:    "a directive stands where it must not",
		Why: "httpd does not start. Most directives of mod_auth_openidc are for a virtual host: there is one " +
			"provider, one redirect URI and one set of keys in each, and no Location can have its own. Several " +
			"providers in one virtual host are done with a metadata directory (OIDCMetadataDir).",
		Mend:   "Move the line to the level of the virtual host; for several providers use OIDCMetadataDir.",
		Source: "server/core.c, ap_check_cmd_context; mod_auth_openidc, RSRC_CONF of its commands",
		Check: func(p *rule.Pass) {
			for _, one := range problems(p, walkcheck.WrongPlace) {
				p.On(one.Command, finding.Finding{
					Message: "httpd does not start: " + one.Message,
					Hint:    placeHint(one.Command),
				}, one.Tree.VhostOf(one.Command))
			}
		},
	}
}
