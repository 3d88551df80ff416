package access

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func denyNotForEverySpelling() rule.Rule {
	return rule.Rule{
		Slug:     "deny-not-for-every-spelling",
		Severity: finding.Warning,
		Title:    "the general deny does not hold for every spelling of a path",
		Why: "Keystone strips slashes at the end of a path, and its database (MariaDB) takes `CORP` for `corp`. Names of identity providers and protocols may have dots, dashes and capitals. " +
			"A deny that ends in `$`, or that expects small letters in names, is walked around with another spelling of a path that it was written for.",
		Mend:   "`[^/]+` for each name, and nothing behind the last word of the path.",
		Source: "Keystone, keystone/server/flask/core.py (url_normalize), keystone/federation/schema.py; server/request.c, ap_location_walk",
		After:  []string{"vhost-without-federation", "federation-paths-not-closed"},
		Check: func(p *rule.Pass) {
			hole := sync.OnceValue(func() finding.Severity { return severityOfHole(p.Site) })
			for _, v := range gates(p.Site) {
				if len(leftOpen(v)) > 0 {
					continue
				}
				for _, m := range mounts(v) {
					if spelling, kind, deny := wayAround(v, m); deny != nil {
						p.On(deny, finding.Finding{
							Severity: hole(),
							Message:  fmt.Sprintf("<%s %s> does not hold for every spelling: the %s %s reaches Keystone without a login", deny.Name, deny.RawArgs(), kind, spelling),
							Hint:     denyAll(v),
						}, v)
						break
					}
				}
			}
		},
	}
}

// wayAround looks for a spelling of a denied path that is open. Sections that hold
// for whole folders have none.
func wayAround(v *subject.Vhost, mount string) (spelling string, kind subject.DoorKind, deny *httpdconf.Command) {
	for _, p := range places(mount, stranger, stranger) {
		deny := denier(v, p.path)
		if deny == nil || deny.Key() == "<location" && subject.Arg(deny, 0) != "~" && !httpdconf.HasWildcard(subject.Arg(deny, 0)) {
			continue
		}
		for _, s := range spellings(p) {
			if stateAt(v, p.kind, s) == open {
				return s, p.kind, deny
			}
		}
	}
	return "", 0, nil
}

// spellings are paths that Keystone takes like those of names in small letters.
func spellings(p place) []string {
	out := []string{p.path + "/"}
	for _, name := range []string{"CORP", "Corp.Example-2_b", "a", "0"} {
		out = append(out, strings.ReplaceAll(p.path, stranger, name))
	}
	return out
}

// denier gives the section whose deny holds for a path; nil for none.
func denier(v *subject.Vhost, path string) *httpdconf.Command {
	lines := subject.RequirementOf(v.Context(path)).Lines()
	if i := slices.IndexFunc(lines, denies); i >= 0 {
		return locationOf(lines[i])
	}
	return nil
}
