package bearer

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func headerLimitTooLow() rule.Rule {
	return rule.Rule{
		Slug:     "header-limit-too-low",
		Severity: finding.Warning,
		Title:    "headers are limited to less than a bearer token often has",
		Why: "A bearer token is one header. `LimitRequestFieldSize` is 8190 bytes by default; below some 4000 bytes even the token of a user " +
			"with few groups gets 400, `Size of a request header field exceeds server limit`, before any module has seen it.",
		Mend:   "`LimitRequestFieldSize 32768` in the first virtual host of the port, and as much at the load balancer.",
		Source: "httpd server/protocol.c, ap_get_mime_headers_core; include/httpd.h",
		Check: func(p *rule.Pass) {
			seen := map[any]bool{}
			for _, h := range openidcVhosts(p) {
				bytes, at := limit(firstOfPort(h.Vhost))
				if at == nil || seen[at] || bytes >= 4096 {
					continue
				}
				seen[at] = true
				p.On(at, finding.Finding{
					Message: fmt.Sprintf("headers may have %d bytes, expected 4096 or more: larger tokens get 400", bytes),
					Hint:    "LimitRequestFieldSize 32768",
				}, h.Vhost)
			}
		},
	}
}
