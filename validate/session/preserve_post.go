package session

import (
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func preservePost() rule.Rule {
	return rule.Rule{
		Slug:     "preserve-post",
		Severity: finding.Warning,
		Title:    "what is posted without a session is kept in the browser",
		Why: "With `OIDCPreservePost On` the module answers a POST without a session by a page whose script keeps the form in the browser and sends it again after the login. Nothing of Keystone's login posts a form before it; " +
			"what it does is to let another site have a form sent in the user's name once he is logged in, and before 2.4.13.2 an empty POST ends httpd's process (CVE-2025-3891; distributions have mended older versions).",
		Mend:   "Switch it off: Off is the default.",
		Source: "mod_auth_openidc, src/mod_auth_openidc.c, oidc_post_preserve_javascript; CVE-2025-3891",
		Check: func(p *rule.Pass) {
			for _, s := range settings(p, party, "oidcpreservepost") {
				if !subject.IsOn(subject.Arg(s.at, 0)) {
					continue
				}
				f := finding.Finding{
					Message: "OIDCPreservePost On: a form that is posted without a session gets a page with a script (200), not the way to the issuer (302), and is sent again after the login",
					Hint:    "OIDCPreservePost Off",
					Fix:     subject.Switch(s.at, "Off"),
				}
				if s.Tree.Before("2.4.13.2") {
					f.Message += "; unless the package has the fix, an empty POST ends httpd's process (CVE-2025-3891)"
				}
				p.On(s.at, f, s.Vhost)
			}
		},
	}
}
