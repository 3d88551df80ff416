package access

import (
	"fmt"
	"path"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/platform"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func includeNotRead() rule.Rule {
	return rule.Rule{
		Slug:     "include-not-read",
		Severity: finding.Warning,
		Title:    "what layout include has written is there, and no line includes it",
		Why: "With `layout: include`, the virtual host's file is somebody else's, and holds two `Include` lines. A deployment tool that writes that file anew takes them away: httpd starts, logins by password go on, and the federation's paths are " +
			"Keystone's own again, without a login. With one line of the two, requests are sent to processes or inner virtual hosts that are not there.",
		Mend:   "Add the lines again, and tell the tool that writes the file. Where the files are of an earlier layout, `fedstone render --prune` removes them.",
		Source: "server/config.c, ap_process_resource_config; server/core.c, include_config",
		Check: func(p *rule.Pass) {
			eachIncludeFolder(p, func(t *subject.Tree, folder string) { notRead(p, t, folder) })
		},
	}
}

// notRead reports the files of a folder that nothing includes, at the virtual host that
// they are for.
func notRead(p *rule.Pass, t *subject.Tree, folder string) {
	var missed []string
	for _, name := range []string{platform.ServerInclude, platform.VhostInclude} {
		if file := path.Join(folder, name); isThere(t, file) && !wasRead(t, file) {
			missed = append(missed, file)
		}
	}
	if len(missed) == 0 {
		return
	}
	v := forPieces(p.Site, t)
	p.Report(finding.Finding{
		At:      v.At(),
		Message: fmt.Sprintf("nothing includes %s, which layout include has written for this virtual host", strings.Join(missed, " and ")),
		Hint:    linesFor(v, missed),
	}, v)
}

// forPieces is the virtual host that the files are for: the first one that serves Keystone.
func forPieces(site *subject.Site, t *subject.Tree) *subject.Vhost {
	for _, v := range gates(site) {
		if v.Tree == t {
			return v
		}
	}
	return t.Main()
}

// linesFor shows where the lines belong.
func linesFor(v *subject.Vhost, missed []string) string {
	open, end := "<VirtualHost *:5000>", "</VirtualHost>"
	if v.Server.Command != nil {
		open = "<VirtualHost " + v.Server.Command.RawArgs() + ">"
	}
	var lines []string
	for _, file := range missed {
		switch path.Base(file) {
		case platform.ServerInclude:
			lines = append(lines, "Include "+file)
		default:
			lines = append(lines, open, "    …", "    Include "+file, end)
		}
	}
	return strings.Join(lines, "\n")
}
