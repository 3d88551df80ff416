package access

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/internal/httpdconf/effective"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func headerUnsetNotEarly() rule.Rule {
	return rule.Rule{
		Slug:     "header-unset-not-early",
		Severity: finding.Error,
		Title:    "the genuine claims are taken out together with made-up ones",
		Why: "mod_headers works off `RequestHeader` after the login, right before the request goes to Keystone. Without `early` it also takes out what mod_auth_openidc has just set from the verified token: " +
			"where Keystone reads claims from headers, every login fails with 401. With `early` it comes before everything else and meets only what the client has sent.",
		Mend:   "Add `early` (in the virtual host, outside of sections).",
		Source: "modules/metadata/mod_headers.c, ap_headers_fixup and ap_headers_early",
		Check: func(p *rule.Pass) {
			if !uses(p, "requestheader") {
				return
			}
			r := readsOf(p.Site)
			if r.impossible() {
				return
			}
			var found groups
			for _, d := range p.Doors() {
				if !passesHeaders(d.Vhost) || d.AuthType() == "" || d.Kind == subject.Callback {
					continue
				}
				if c := lateUnset(d); c != nil {
					found.add(c, d)
				}
			}
			for _, c := range found.order {
				p.On(c, finding.Finding{
					Severity: lateSeverity(r, c),
					Message:  fmt.Sprintf("`%s` comes after the login and also takes out the claim of genuine tokens, on %s", written(c), doorsText(found.doors[c])),
					Hint:     written(c) + " early",
					Fix:      addEarly(c),
				}, abouts(found.doors[c])...)
			}
		},
	}
}

// lateUnset gives the command that takes a claim out of requests for a door after
// the login; nil for none.
func lateUnset(d *subject.Door) *httpdconf.Command {
	for _, c := range d.Setting("RequestHeader").Commands {
		if ofClaims(c, d.Vhost.Value("oidcclaimprefix")) && !effective.Early(c) && len(c.Argv()) == 2 {
			return c
		}
	}
	return nil
}

func lateSeverity(r reads, c *httpdconf.Command) finding.Severity {
	for _, n := range r.names {
		if strings.EqualFold(headerOf(n), subject.Arg(c, 1)) {
			return finding.Error
		}
	}
	return finding.Warning
}

// addEarly appends the word to a command of a server; in a section it has no effect.
func addEarly(c *httpdconf.Command) *finding.Fix {
	if c.Parent() != nil && c.Parent().Key() != "<virtualhost" {
		return nil
	}
	return subject.Append("do it before the login", c, "early")
}
