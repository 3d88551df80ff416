package session

import (
	"regexp"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func outgoingProxyWithoutPort() rule.Rule {
	return rule.Rule{
		Slug:     "outgoing-proxy-without-port",
		Severity: finding.Warning,
		Title:    "the proxy to the issuer is asked at port 1080",
		Why: "`OIDCOutgoingProxy` goes to libcurl, whose default for a proxy is port 1080, not 80, 3128 or 8080. Nothing answers there as a rule: metadata, keys and tokens cannot be fetched, and every login ends in 500 " +
			"(`Failed to connect to … port 1080`).",
		Mend:   "Write the port behind the name.",
		Source: "libcurl, CURLOPT_PROXY; mod_auth_openidc, src/util.c, oidc_util_http_call",
		Check: func(p *rule.Pass) {
			for _, s := range settings(p, user, "oidcoutgoingproxy") {
				proxy := subject.Arg(s.at, 0)
				if proxy == "" || strings.HasPrefix(strings.ToLower(proxy), "https://") || port.MatchString(strings.TrimSuffix(proxy, "/")) {
					continue
				}
				p.On(s.at, finding.Finding{
					Message: "OIDCOutgoingProxy " + proxy + " has no port: libcurl asks at port 1080",
					Hint:    "OIDCOutgoingProxy " + strings.TrimSuffix(proxy, "/") + ":3128",
				}, s.Vhost)
			}
		},
	}
}

var port = regexp.MustCompile(`:[0-9]+$`)
