package access

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func locationOutsideOfMount() rule.Rule {
	return rule.Rule{
		Slug:     "location-outside-of-mount",
		Severity: finding.Error,
		Title:    "a section is for a path at which Keystone is not",
		Why: "`<Location>` is compared with the path as clients send it, with the prefix at which Keystone is mounted (`WSGIScriptAlias /identity …`). A section without it, or with another one, never holds: " +
			"requests with a token pass by it and end in Keystone's 401, and those for the section's path in 404.",
		Mend:   "Put the mount's prefix in front of `/v3`.",
		Source: "server/request.c, ap_location_walk; Keystone, doc/source/admin/federation/configure_federation.rst",
		Check: func(p *rule.Pass) {
			for _, v := range p.Vhosts() {
				known := mounts(v)
				if len(known) == 0 {
					continue
				}
				var found groups
				for _, d := range v.Doors() {
					if d.Kind != subject.Callback && !slices.Contains(known, d.Prefix) && !strings.Contains(d.Prefix, "://") && anchoredAt(d) && !proxies(d) {
						found.add(d.Section, d)
					}
				}
				for _, c := range found.order {
					d := found.doors[c][0]
					p.On(c, finding.Finding{
						Message: fmt.Sprintf("the section of the %s %s never holds: Keystone is mounted at %s", d.Kind, d.Path, mountText(known)),
						Hint:    "<Location " + known[0] + strings.TrimPrefix(d.Path, d.Prefix) + ">",
						Fix:     moveTo(d, known),
					}, d, d.Section, v)
				}
			}
		},
	}
}

// anchoredAt reports whether a section holds for its path at that prefix alone.
func anchoredAt(d *subject.Door) bool {
	return !d.Pattern || !covers(d.Vhost, "/x"+d.Path, d.Section)
}

// covers reports whether a section is one of those for a path.
func covers(v *subject.Vhost, path string, section *httpdconf.Command) bool {
	for _, l := range v.Context(path).Layers {
		if l.Section == section {
			return true
		}
	}
	return false
}

// proxies reports whether the section hands its requests on itself.
func proxies(d *subject.Door) bool {
	for c := range d.Section.Children() {
		if c.Key() == "proxypass" {
			return true
		}
	}
	return false
}

func mountText(mounts []string) string {
	var out []string
	for _, m := range mounts {
		out = append(out, m+"/v3")
	}
	return strings.Join(out, " and ")
}

func moveTo(d *subject.Door, known []string) *finding.Fix {
	if d.Pattern || len(known) != 1 {
		return nil
	}
	return replaceWord(d.Section, 0, known[0]+strings.TrimPrefix(d.Path, d.Prefix), "write the path with the mount's prefix")
}
