package session

import (
	"fmt"
	"strconv"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

// longestWait is how many seconds httpd may reasonably wait for an issuer: load
// balancers give up after less.
const longestWait = 120

func issuerTimeoutEndless() rule.Rule {
	return rule.Rule{
		Slug:     "issuer-timeout-endless",
		Severity: finding.Warning,
		Title:    "httpd waits for an issuer that does not answer",
		Why: "While the module asks an issuer (for keys, a token, introspection), a thread of httpd does nothing else. `0` is no limit. When an issuer hangs, each request takes a thread away until none is left, " +
			"and Keystone is gone for everybody, also for users who have nothing to do with that issuer. Load balancers have answered 504 long before.",
		Mend:   "Seconds, and fewer than the load balancer waits: `OIDCHTTPTimeoutLong 20`, `OIDCHTTPTimeoutShort 5`.",
		Source: "mod_auth_openidc, src/util.c, oidc_util_http_call (CURLOPT_TIMEOUT; 0 is none)",
		Check: func(p *rule.Pass) {
			for key, advice := range map[string]string{"oidchttptimeoutlong": "OIDCHTTPTimeoutLong 20", "oidchttptimeoutshort": "OIDCHTTPTimeoutShort 5"} {
				for _, s := range settings(p, user, key) {
					seconds, err := strconv.Atoi(subject.Arg(s.at, 0))
					if err != nil || seconds > 0 && seconds <= longestWait {
						continue
					}
					p.On(s.at, finding.Finding{
						Message: fmt.Sprintf("%s %d: %s for an issuer that does not answer, and each request that waits takes a thread of httpd", s.at.Name, seconds, waits(seconds)),
						Hint:    advice,
					}, s.Vhost)
				}
			}
		},
	}
}

func waits(seconds int) string {
	if seconds <= 0 {
		return "httpd waits without end"
	}
	return fmt.Sprintf("httpd waits %d seconds", seconds)
}
