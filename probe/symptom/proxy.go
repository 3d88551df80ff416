package symptom

import "github.com/fedstone/fedstone/internal/keystone"

const publicURL = "set `keystone: {url: …}` to the URL that answers itself"

// proxySymptoms: proxies, and what nobody expected.
func proxySymptoms() []Symptom {
	proxy, down := keystone.ByProxy, "see the proxy's backends for {keystone}"
	return []Symptom{
		{Slug: "proxy-bad-gateway", Status: []int{502}, By: proxy, Sight: "502 of a proxy", Cause: "a proxy in front gets no sound answer from httpd", Mend: down},
		{Slug: "proxy-unavailable", Status: []int{503}, By: proxy, Sight: "503 of a proxy", Cause: "a proxy in front has no httpd to ask", Mend: down},
		{Slug: "proxy-timeout", Status: []int{504}, By: proxy, Sight: "504 of a proxy", Cause: "a proxy in front waited too long: httpd may be waiting for the issuer's keys or introspection", Mend: "see that the controllers reach {issuer}; the proxy's time must be longer than OIDCHTTPTimeoutShort"},
		{Slug: "request-too-large", Status: []int{413}, Sight: "413", Cause: "the request is larger than a proxy or httpd takes", Mend: "raise the limit for headers and body"},
		{Slug: "rate-limited", Status: []int{429}, Sight: "429", Cause: "a proxy in front limits the rate of requests", Mend: "try again later, or let this machine's address pass"},
		{Slug: "redirect-moved", Status: []int{301}, Sight: "301", Cause: "the answer redirects to {host}: the URL is not the public one", Mend: publicURL},
		{Slug: "redirect-found", Status: []int{302, 303, 307}, Sight: "302, 303 or 307 of a proxy", Cause: "the answer redirects to {host}: the URL is not the public one, or a login page stands in front", Mend: publicURL},
		{Slug: "redirect-kept", Status: []int{308}, Sight: "308", Cause: "the answer redirects to {host}: the path has a double slash, or the URL is not the public one", Mend: publicURL},
		{Slug: "page-of-somebody-else", Status: []int{200}, By: proxy, Sight: "200 with a page that is not Keystone's", Cause: "something that is not Keystone answers at {keystone}, with a page of its own", Mend: "set `keystone: {url: …}` to Keystone's public URL"},
	}
}
