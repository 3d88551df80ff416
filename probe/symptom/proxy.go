package symptom

import "github.com/fedstone/fedstone/internal/keystone"

// proxySymptoms: proxies, and what nobody expected. Redirects may be httpd's own.
func proxySymptoms() []Symptom {
	proxy, down := keystone.ByProxy, "see the state of the proxy's backends for {keystone} (haproxy: echo show stat | socat - /run/haproxy/admin.sock)"
	moved := []int{301, 302, 303, 307, 308}
	only := Second{"version", Want{Status: []int{200}, By: keystone.ByItself}}
	one := func(slug string, status []int, by keystone.AnsweredBy, sight, cause, mend string) Symptom {
		return Symptom{Slug: slug, Status: status, By: by, Sight: sight, Cause: cause, Mend: mend}
	}
	firewall := one("firewall", []int{403, 406, 200}, proxy, "403, 406 or 200 with a page of its own for the exchange, while /v3 answers", "a filter in front of httpd rejects the exchange, such as a web application firewall", "let POST with an Authorization header pass on {path}")
	firewall.Steps, firewall.Second = issuing, []Second{only}
	same := one("redirect-to-public-url", moved, "", "a redirect to the same path at another scheme, host or port", "the address has another name: it redirects to {origin}, and a redirect is not followed with a token", "keystone: {url: {origin}{prefix}}")
	same.Known = []Fact{SamePath}
	return []Symptom{
		one("proxy-bad-gateway", []int{502}, proxy, "502 of a proxy", "a proxy in front gets no sound answer from httpd", down),
		one("proxy-unavailable", []int{503}, proxy, "503 of a proxy", "a proxy in front has no httpd to ask", down),
		one("proxy-timeout", []int{504}, proxy, "504 of a proxy", "a proxy in front waited too long: httpd may be waiting for the issuer's keys or introspection", "from a controller: curl -v {issuer}/.well-known/openid-configuration; the proxy's time must be longer than OIDCHTTPTimeoutShort"),
		one("request-too-large", []int{413}, "", "413", "the request is larger than a proxy or httpd takes", "raise LimitRequestBody and LimitRequestFieldSize in httpd, client_max_body_size in nginx, tune.bufsize in haproxy"),
		one("rate-limited", []int{429}, "", "429", "a proxy in front limits the rate of requests", "try again later, or let this machine's address pass"),
		same,
		one("login-page-in-front", moved, "", "a redirect to another page", "the answer redirects to {host}: a login page or a landing page stands in front of Keystone", "let {path} pass without that login, or set `keystone: {url: …}` to the URL that answers itself"),
		firewall,
		one("proxy-refuses", []int{400, 401, 403, 404, 405, 407}, proxy, "a refusal that neither Keystone nor httpd writes", "something in front of httpd refuses with {status}: {message}", "see what answers at {keystone} before httpd: its log tells the rule"),
		one("proxy-error", []int{500, 520, 521, 522, 525}, proxy, "a 5xx page that is not httpd's", "something in front of httpd fails", down),
		one("page-of-somebody-else", []int{200, 201, 202, 204}, proxy, "200 with a page that is not Keystone's", "something that is not Keystone answers at {keystone}, with a page of its own", "set `keystone: {url: …}` to Keystone's public URL"),
	}
}
