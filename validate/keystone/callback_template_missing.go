package keystone

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func callbackTemplateMissing() rule.Rule {
	return rule.Rule{
		Slug:     "callback-template-missing",
		Severity: finding.Error,
		Title:    "the page that hands tokens to the dashboard is not there",
		Why: "Keystone reads `sso_callback_template` for every login of a browser and fills in token and dashboard. Where the file is missing, the login ends in 500 after the user has entered his password. " +
			"Container images and split packages often come without it.",
		Mend:   "Install the file (Keystone's sources have etc/sso_callback_template.html), readable for Keystone's user.",
		Source: "Keystone, keystone/api/auth.py, _render_template_response",
		Check: func(p *rule.Pass) {
			if p.Keystone == nil || len(p.Trees) == 0 {
				return
			}
			path, v, ok := text(p.Site, "federation", "sso_callback_template")
			if !ok || path == "" {
				return
			}
			_, _, err := p.Trees[0].Stat(path)
			if !errors.Is(err, fs.ErrNotExist) || !p.Trees[0].Covers(path) {
				return
			}
			p.Report(finding.Finding{
				At:      line(v),
				Message: fmt.Sprintf("sso_callback_template %s is not there: a browser's login ends in 500", path),
				Hint:    "install -o root -g keystone -m 0640 sso_callback_template.html " + path,
			})
		},
	}
}
