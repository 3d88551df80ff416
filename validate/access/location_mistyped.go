package access

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func locationMistyped() rule.Rule {
	return rule.Rule{
		Slug:     "location-mistyped",
		Severity: finding.Error,
		Title:    "a section is for a path that Keystone does not have",
		Why: "Keystone has `/v3/OS-FEDERATION/identity_providers/{id}/protocols/{protocol}/auth` for tokens, and for browsers `/v3/auth/OS-FEDERATION/identity_providers/{id}/protocols/{protocol}/websso` and `/v3/auth/OS-FEDERATION/websso/{protocol}`: " +
			"`/auth` stands in front of OS-FEDERATION in the latter two alone. A section for anything near to them never holds for what clients call.",
		Mend:   "Write the path as Keystone has it; upper and lower case count.",
		Source: "Keystone, keystone/api/os_federation.py and auth.py",
		Check: func(p *rule.Pass) {
			for _, t := range p.Trees {
				for _, c := range t.Commands("<location") {
					meant := meantPath(c)
					if meant == "" {
						continue
					}
					v := t.VhostOf(c)
					if _, callback := v.RedirectURI(); callback == subject.Arg(c, 0) || onlyDenies(c) {
						continue
					}
					p.On(c, finding.Finding{
						Message: fmt.Sprintf("<Location %s> is for a path that Keystone does not have, %s was meant", subject.Arg(c, 0), meant),
						Hint:    "<Location " + meant + ">",
						Fix:     replaceWord(c, 0, meant, "write the path as Keystone has it"),
					}, v)
				}
			}
		},
	}
}

var (
	nearProvider = regexp.MustCompile(`(?i)^(.*?)/+(?:v3/+)?(?:auth/+)?OS[-_]FEDERATION/+(?:identity[-_]?providers?)/+([^/]+)/+protocols?/+([^/]+)/+(auth|websso)/?$`)
	nearGlobal   = regexp.MustCompile(`(?i)^(.*?)/+(?:v3/+)?(?:auth/+)?OS[-_]FEDERATION/+websso/+([^/]+)/?$`)
)

// meantPath gives the path of Keystone that a section was meant for; "" where it has
// it, or no such path is near.
func meantPath(c *httpdconf.Command) string {
	path := c.RawArgs()
	if !nearFederation(path) {
		return ""
	}
	path = subject.Arg(c, 0)
	meant := ""
	if m := nearProvider.FindStringSubmatch(path); m != nil {
		kind := subject.Auth
		if strings.EqualFold(m[4], "websso") {
			kind = subject.WebSSO
		}
		meant = pathOf(kind, m[1], m[2], m[3])
	} else if m := nearGlobal.FindStringSubmatch(path); m != nil {
		meant = pathOf(subject.GlobalWebSSO, m[1], "", m[2])
	}
	if why, _ := notAPath(c); why != "" || strings.TrimSuffix(path, "/") == meant {
		return ""
	}
	return meant
}

// nearFederation reports whether a path is one of the federation that is not written
// as Keystone has it.
func nearFederation(path string) bool {
	lower := strings.ToLower(path)
	if !strings.Contains(lower, "federation") {
		return false
	}
	websso := strings.Contains(lower, "websso")
	return !strings.Contains(path, "/OS-FEDERATION/") || strings.Contains(path, "/v3/auth/OS-FEDERATION/") != websso || !strings.Contains(path, "/v3/") ||
		!strings.Contains(path, "/OS-FEDERATION/websso/") && !strings.Contains(path, "/identity_providers/")
}

func onlyDenies(section *httpdconf.Command) bool {
	lines := ownLines(section)
	for _, c := range lines {
		if !denies(c) {
			return false
		}
	}
	return len(lines) > 0
}
