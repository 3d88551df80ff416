package access

import (
	"fmt"
	"path"
	"slices"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/internal/platform"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func includeMisplaced() rule.Rule {
	return rule.Rule{
		Slug:     "include-misplaced",
		Severity: finding.Error,
		Title:    "what layout include has written for Keystone's virtual host is included elsewhere",
		Why: "Outside of every virtual host its sections, its ServerName and its guards hold for all of them: for other services of this httpd, and for the inner virtual hosts, which then hand tokens back to themselves. " +
			"In a virtual host that does not lead to Keystone, nobody comes by them.",
		Mend:   "Include it as the last line of the virtual host that leads to Keystone, and nowhere else.",
		Source: "server/core.c, merge_core_server_configs and core_merge; server/request.c, ap_location_walk",
		Check: func(p *rule.Pass) {
			eachIncludeFolder(p, func(t *subject.Tree, folder string) {
				if file := path.Join(folder, platform.VhostInclude); wasRead(t, file) {
					misplaced(p, t, file)
				}
			})
		},
	}
}

// misplaced reports each place that includes the file and is none for it.
func misplaced(p *rule.Pass, t *subject.Tree, file string) {
	told := map[finding.Range]bool{}
	for _, c := range outermost(t, file) {
		v, at := t.VhostOf(c), includedAt(c)
		if told[at] || leadsToKeystone(v, file) {
			continue
		}
		told[at] = true
		effect := "it leads nowhere near Keystone"
		if v.Server.Command == nil {
			effect = "what it says holds for every virtual host"
		}
		p.Report(finding.Finding{At: at, Message: fmt.Sprintf("%s is included in %s: %s", file, v.Name(), effect),
			Hint: "move the line into the virtual host that leads to Keystone, as its last one"}, v, forPieces(p.Site, t))
	}
}

// includedAt is the place of the Include that brought a command.
func includedAt(c *httpdconf.Command) finding.Range {
	if chain := c.Chain(); len(chain) > 0 {
		return chain[0].At
	}
	return c.At()
}

// leadsToKeystone reports whether a virtual host has a way to an application besides what
// the file says.
func leadsToKeystone(v *subject.Vhost, file string) bool {
	if v.Server.Command == nil {
		return false
	}
	for _, key := range []string{"wsgiscriptalias", "wsgiscriptaliasmatch", "proxypass", "proxypassmatch", "<location"} {
		if slices.ContainsFunc(v.Own(key), func(c *httpdconf.Command) bool { return !writtenIn(c, file) && leadsOn(c) }) {
			return true
		}
	}
	return false
}

// leadsOn reports whether a command, or one in a section, hands requests to an application.
func leadsOn(c *httpdconf.Command) bool {
	if c.Key() != "<location" {
		return true
	}
	for child := range c.Children() {
		if child.Key() == "proxypass" || child.Key() == "wsgiscriptalias" {
			return true
		}
	}
	return false
}
