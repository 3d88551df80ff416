package startup

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func valueOutOfRange() rule.Rule {
	return rule.Rule{
		Slug:     "value-out-of-range",
		Severity: finding.Error,
		Title:    "a number outside of what the module takes",
		Why:      "The module knows a least and a most for the number; outside of it httpd does not start.",
		Mend:     "Choose a number in the range.",
		Source:   "mod_auth_openidc, src/parse.c, oidc_parse_int_min_max",
		Check: func(p *rule.Pass) {
			for _, t := range p.Trees {
				for name, r := range ranges() {
					for _, at := range t.Commands(name) {
						value := subject.Arg(at, 0)
						n, err := strconv.ParseInt(value, 10, 64)
						if strings.Contains(value, "${") || err == nil && r[0] <= n && n <= r[1] {
							continue
						}
						p.On(at, finding.Finding{
							Message: fmt.Sprintf("%s %s: expected a number from %d to %d; httpd does not start", at.Name, value, r[0], r[1]),
							Hint:    fmt.Sprintf("%s %d", at.Name, min(max(n, r[0]), r[1])),
						}, t.VhostOf(at))
					}
				}
			}
		},
	}
}

// ranges are the numbers that every known version takes, in seconds.
func ranges() map[string][2]int64 {
	return map[string][2]int64{
		"oidcsessioninactivitytimeout": {10, 31536000},
		"oidcjwksrefreshinterval":      {300, 31536000},
	}
}
