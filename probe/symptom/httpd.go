package symptom

import "github.com/fedstone/fedstone/internal/keystone"

// httpdSymptoms: httpd's own pages.
func httpdSymptoms() []Symptom {
	return []Symptom{
		{Slug: "require-refused", Steps: exchange, Status: []int{401}, By: keystone.ByHTTPD,
			Sight: "401 page without a challenge, but a token that nobody has signed gets one",
			Cause: "httpd verified the token, but a `Require claim` line of {path} refuses it", Mend: require},
		{Slug: "path-denied", Status: []int{403}, By: keystone.ByHTTPD,
			Sight: "403 page of httpd",
			Cause: "httpd denies {path}: the deny rule for federation paths that are not opened, or a Require that refuses with 403",
			Mend:  "open it: <Location {path}> for identity_providers.{idp} (`fedstone render` writes it), with the ids as Keystone has them, case included",
			Rules: []string{"denied-by-mistake"}},
		{Slug: "path-unknown-to-httpd", Status: []int{404}, By: keystone.ByHTTPD,
			Sight: "404 page of httpd",
			Cause: "httpd knows no {path}: Keystone is mounted elsewhere (such as /identity), or not in this vhost",
			Mend:  "set `keystone: {url: …}` to the URL of which /v3 answers"},
		{Slug: "header-too-large", Status: []int{400, 431}, By: keystone.ByHTTPD, Steps: exchange,
			Sight: "400 or 431 page",
			Cause: "httpd does not take so large a header: the token has {size} bytes",
			Mend:  "raise LimitRequestFieldSize in httpd and the limit of the proxy in front, or have the provider put less into the token",
			Rules: []string{"header-limit-too-low", "header-limit-of-another-vhost", "header-limit-lower-behind-proxy"}},
		{Slug: "httpd-error", Status: []int{500}, By: keystone.ByHTTPD,
			Sight: "500 page of httpd",
			Cause: "Keystone ended with an uncaught exception, or AuthType names a method that no module has",
			Mend:  "read httpd's error log: a mapping with an unbalanced brace or a bad regular expression, a missing sso_callback_template, or a misspelt AuthType"},
		{Slug: "backend-down", Status: []int{503}, By: keystone.ByHTTPD,
			Sight: "503 page of httpd",
			Cause: "httpd does not reach what it hands the request to: the inner vhost or Keystone's WSGI process is down",
			Mend:  "see that the gate's port is listened on (`httpd -S`) and that the WSGI daemon runs; the reason stands in httpd's error log"},
		{Slug: "backend-unsound", Status: []int{502}, By: keystone.ByHTTPD,
			Sight: "502 page of httpd",
			Cause: "httpd does not get an answer from what it hands the request to",
			Mend:  "see that Keystone's WSGI process runs; the reason stands in httpd's error log"},
		{Slug: "method-filtered", Status: []int{405}, By: keystone.ByHTTPD,
			Sight: "405 page of httpd",
			Cause: "httpd refuses the method POST: a filter such as mod_security",
			Mend:  "let POST pass on {path}"},
	}
}
