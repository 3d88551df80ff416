package startup

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func namedFolderMissing() rule.Rule {
	return rule.Rule{
		Slug:     "named-folder-missing",
		Severity: finding.Error,
		Title:    "a folder that the configuration names is not there",
		Why: "mod_auth_openidc looks for the folder when httpd reads its configuration, and httpd does not start: " +
			"`cannot access directory`.",
		Mend:   "Create it, readable for httpd's group and writable for root only, or name the right one.",
		Source: "mod_auth_openidc, src/parse.c, oidc_valid_dir",
		Check: func(p *rule.Pass) {
			for _, t := range p.Trees {
				for _, at := range append(t.Commands("oidcmetadatadir"), t.Commands("oidccachedir")...) {
					missing(p, t, at, subject.Arg(at, 0), "httpd does not start")
				}
			}
		},
	}
}

// missing reports a file or folder that is certainly not there: what lies outside
// of the given tree is unknown.
func missing(p *rule.Pass, t *subject.Tree, at *httpdconf.Command, name, then string) {
	if name == "" || strings.Contains(name, "${") {
		return
	}
	_, show, err := t.Stat(name)
	if !errors.Is(err, fs.ErrNotExist) || errors.Is(err, httpdconf.ErrOutside) || !t.Covers(name) {
		return
	}
	p.On(at, finding.Finding{
		Message: fmt.Sprintf("%s names %s, which is not there%s: %s", at.Name, name, found(name, show), then),
		Hint:    "create it, or name the right one",
	}, t.VhostOf(at))
}

// found tells where a name was looked for, if that is another place.
func found(name, show string) string {
	if show == name {
		return ""
	}
	return " (" + show + ")"
}
