package bearer

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func headerLimitOfAnotherVhost() rule.Rule {
	return rule.Rule{
		Slug:     "header-limit-of-another-vhost",
		Severity: finding.Warning,
		Title:    "LimitRequestFieldSize has no effect in a virtual host that is not the first of its port",
		Why: "httpd reads a request's headers before it knows which virtual host they are for, also with TLS: the limit of the first virtual " +
			"host of an address and port counts for all of them. A larger one further down does nothing, and a token with many groups gets " +
			"400, `Size of a request header field exceeds server limit`.",
		Mend:   "The same limit in the first virtual host of the port, or at server level.",
		Source: "httpd server/protocol.c, ap_get_mime_headers_core; documentation of LimitRequestFieldSize",
		Check: func(p *rule.Pass) {
			for _, h := range openidcVhosts(p) {
				own, at := limit(h.Vhost)
				first := firstOfPort(h.Vhost)
				counts, _ := limit(first)
				if first == h.Vhost || own <= counts {
					continue
				}
				p.On(at, finding.Finding{
					Message: fmt.Sprintf("this limit of %d bytes has no effect: %s is the first of the port, and its %d bytes count", own, first.Name(), counts),
					Hint:    fmt.Sprintf("# in %s:\nLimitRequestFieldSize %d", first.Name(), own),
					Related: []finding.Related{{Message: "the first of the port", At: first.At()}},
				}, h.Vhost)
			}
		},
	}
}
