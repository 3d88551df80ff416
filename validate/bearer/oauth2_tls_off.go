package bearer

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func oauth2TLSOff() rule.Rule {
	return rule.Rule{
		Slug:     "oauth2-tls-off",
		Severity: finding.Error,
		Title:    "mod_oauth2 fetches the issuer's keys without checking its certificate",
		Why: "With `ssl_verify=false` whoever can answer in the issuer's place on the network hands out keys of his own, or says of any token " +
			"that it is valid: he can log in as every user. Nothing in the logs shows it.",
		Mend:   "Take the option away; a CA of your own belongs into the machine's trust store.",
		Source: "liboauth2 src/cfg/endpoint.c, src/http.c",
		Check: func(p *rule.Pass) {
			for _, t := range p.Trees {
				for _, v := range allVerifies(t) {
					if option := unchecked(v); option != "" && !subject.Loopback(v.value) {
						p.On(v.at, finding.Finding{
							Message: fmt.Sprintf("%s: the certificate of the issuer is not checked, and whoever answers in its place vouches for any token", option),
							Hint:    "# take " + option + " away",
							Fix:     withoutOption(v, option),
						})
					}
				}
			}
		},
	}
}

// unchecked gives the option that switches the check of the certificate off.
func unchecked(v verify) string {
	for name, values := range v.options {
		if name == v.kind+".ssl_verify" && len(values) > 0 && subject.IsOff(strings.TrimSpace(values[len(values)-1])) {
			return name + "=" + values[len(values)-1]
		}
	}
	return ""
}
