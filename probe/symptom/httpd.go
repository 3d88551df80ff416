package symptom

import "github.com/fedstone/fedstone/internal/keystone"

// httpdSymptoms: httpd's own pages.
func httpdSymptoms() []Symptom {
	return append(accessSymptoms(), serverSymptoms()...)
}

// accessSymptoms: httpd refuses, or knows no such path.
func accessSymptoms() []Symptom {
	by := keystone.ByHTTPD
	requireLine := "httpd verified the token, which has all that the description asks for, and a `Require claim` line of {path} refuses it"
	return []Symptom{
		{Slug: "httpd-refuses-all", Steps: exchange, Status: []int{401}, By: by, Second: []Second{{"garbage-token", Want{Seen: "www-authenticate: bearer", Not: true}}},
			Sight: "401 page without a Bearer challenge, whatever the token and whoever asks",
			Cause: "httpd refuses everybody at {path}, and looks at no bearer: another AuthType than oauth20, auth-openidc or oauth2, or `OIDCUnAuthAction 401` beside openid-connect", Mend: authTypeOAuth, Rules: []string{"auth-path-for-browsers-only", "unknown-auth-type"}},
		{Slug: "require-refused", Steps: exchange, Status: []int{401}, By: by,
			Sight: "401 page without a challenge, but a token that nobody has signed gets one", Cause: requireLine, Mend: require, Rules: []string{"issuer-not-known", "claim-check-void"}},
		{Slug: "controllers-differ", Steps: exchange, Status: []int{403}, By: by,
			Second: []Second{{"garbage-token no-token", Want{Status: []int{403}, By: by}}, {"again again-2 again-3", refusedBefore()}},
			Sight:  "a request without a token is denied with 403 by httpd, and the same request once more gets its 401",
			Cause:  "the same request to {path} is now denied, now asked for a token: the controllers behind {keystone} do not have the same configuration",
			Mend:   "fedstone probe --controller all shows which one differs; deploy httpd's configuration to it and reload httpd there"},
		{Slug: "require-refused", Steps: exchange, Status: []int{403}, By: by, Second: []Second{{"garbage-token", Want{Status: []int{401}}}},
			Sight: "403 page, but 401 for a token that nobody has signed", Cause: requireLine, Mend: require, Rules: []string{"issuer-not-known", "claim-check-void"}},
		{Slug: "path-denied-alone", Steps: issuing, Status: []int{403}, By: by, Second: []Second{{"sibling", Want{By: keystone.ByItself}}},
			Sight: "403 page of httpd, but Keystone answers at the path of an identity provider that cannot exist",
			Cause: "httpd denies {path} and no other: `Require all denied`, or an address that is not let in, stands in a section for it", Mend: "take the denying Require out of the section that covers {path}, and put in its place:\n" + addLocation, Rules: []string{"denied-by-mistake"}},
		{Slug: "path-denied", Status: []int{403}, By: by,
			Sight: "403 page of httpd, whatever the token",
			Cause: "httpd denies {path}: the rule that closes federation paths which are not opened, or another Require",
			Mend:  addLocation + "\nbelow the rule that denies; the ids must be those of Keystone, case included", Rules: []string{"denied-by-mistake", "provider-without-door", "location-mistyped"}},
		{Slug: "url-path-wrong", Status: []int{404}, By: by, Second: []Second{{"origin", Want{Status: []int{200}, By: keystone.ByItself}}}, Known: []Fact{URLHasPath},
			Sight: "404 page of httpd below the path of keystone.url, and Keystone's version at the host itself", Cause: wrongPath, Mend: hostURL},
		{Slug: "mounted-elsewhere", Status: []int{404}, By: by, Second: []Second{{"identity krb", Want{Status: []int{200}, By: keystone.ByItself}}},
			Sight: "404 page of httpd at /v3, and Keystone's version at /identity/v3 or /krb/v3",
			Cause: "Keystone is mounted below another path of this vhost", Mend: "keystone: {url: {keystone}/identity}, or the path at which Keystone's version was found"},
		{Slug: "path-unknown-to-httpd", Status: []int{404}, By: by,
			Sight: "404 page of httpd",
			Cause: "httpd knows no {asked}: Keystone is mounted elsewhere, or not in the vhost that answers for this name and port",
			Mend:  "set `keystone: {url: …}` to the URL of which /v3 answers; `httpd -S` (apache2ctl -S) tells which vhost answers", Rules: []string{"vhost-without-federation"}},
		{Slug: "plain-http-to-tls", Status: []int{400}, By: by, Seen: "speaking plain HTTP",
			Sight: "400 \"You're speaking plain HTTP to an SSL-enabled server port\"", Cause: "a proxy in front speaks plain http to a port that wants TLS", Mend: "in haproxy: server … ssl verify required ca-file …; in nginx: proxy_pass https://…"},
		{Slug: "misdirected", Status: []int{421}, Sight: "421", Cause: "the name in TLS (SNI) and the name in Host belong to different vhosts", Mend: "use one name for both; in a proxy that speaks TLS to httpd: sni req.hdr(host) (haproxy), proxy_ssl_server_name on (nginx)"},
		{Slug: "request-refused", Status: []int{400}, By: by, Steps: issuing,
			Sight: "400 page of httpd", Cause: "httpd does not understand the request as it comes to it", Mend: "see what the proxy in front changes; the reason stands in httpd's error log"},
		{Slug: "method-filtered", Status: []int{405, 501}, By: by, Steps: issuing, Second: []Second{{"get", Want{Status: []int{405, 501}, Not: true}}},
			Sight: "405 page of httpd for POST, and not for GET", Cause: "httpd refuses the method POST and takes GET: a filter such as mod_security, or <Limit>", Mend: "let POST pass on {path}"},
		{Slug: "methods-refused", Status: []int{405, 501}, By: by, Steps: issuing,
			Sight: "405 page of httpd, whatever the method", Cause: "httpd takes neither POST nor GET at {path}", Mend: "let POST pass on {path}; see what answers there in place of Keystone: `httpd -S`"},
	}
}

// serverSymptoms: httpd fails.
func serverSymptoms() []Symptom {
	by := keystone.ByHTTPD
	alone := Second{"version", Want{Status: []int{200}}}
	return []Symptom{
		{Slug: "rules-crash", Steps: exchange, Status: []int{500}, By: by, Known: []Fact{RulesCrash},
			Sight: "500 page of httpd; evaluating the rules ends in an exception",
			Cause: "the rules of {whose} end in a Python exception: {why} ({where})", Mend: "edit {where}, then `fedstone apply`: {0}, {1} … are the only placeholders, {{ and }} are braces, and patterns must compile in Python"},
		{Slug: "wsgi-broken", Status: []int{500}, By: by, Second: []Second{{"version", Want{Status: []int{500}}}},
			Sight: "500 page of httpd, also at /v3",
			Cause: "Keystone's program does not start: httpd cannot load it, or keystone.conf stops it", Mend: "read httpd's error log on the controller, then try: keystone-manage doctor; python3 -c 'from keystone.server import wsgi; wsgi.initialize_public_application()'"},
		{Slug: "redirect-uri-is-the-path", Steps: issuing, Status: []int{500}, By: by, Truly: keystone.ByOpenIDC, Second: []Second{{"redirect-is-path", Want{Status: []int{200}, Seen: "submitting"}}},
			Sight: "500 page of httpd; a browser gets a page \"Submitting…\" there",
			Cause: "the OIDCRedirectURI equals {path}: the module's own handler answers there, and Keystone is never asked", Mend: ownRedirect, Rules: []string{"redirect-uri-is-keystone-path"}},
		{Slug: "authtype-unknown", Status: []int{500}, By: by, Second: []Second{{"no-token", Want{Status: []int{500}, By: by}}},
			Sight: "500 page of httpd, also without a token; /v3 answers",
			Cause: "the AuthType of {path} names what no loaded module does, or it is openid-connect where httpd has no provider to send anybody to", Mend: "in <Location {path}> write `AuthType oauth20` (mod_auth_openidc) or `AuthType oauth2` (mod_oauth2), and see that the module is loaded: httpd -M", Rules: []string{"unknown-auth-type", "auth-type-without-module", "auth-path-for-browsers-only", "no-provider"}},
		{Slug: "keystone-crash", Status: []int{500}, By: by,
			Sight: "500 page of httpd; without a token the same path answers",
			Cause: "Keystone ended with an uncaught exception", Mend: "read httpd's error log: a mapping with an unbalanced brace or a bad regular expression, or a missing sso_callback_template"},
		{Slug: "gate-down", Steps: issuing, Status: []int{503}, By: by, Second: []Second{alone},
			Sight: "503 page of httpd, but /v3 answers",
			Cause: "httpd does not reach what it hands {path} to, such as an inner vhost", Mend: "see that its port is listened on: `httpd -S`, `ss -ltnp`; compare ProxyPass with Listen", Rules: []string{"port-not-listened"}},
		{Slug: "backend-down", Status: []int{503}, By: by,
			Sight: "503 page of httpd",
			Cause: "httpd does not reach Keystone's process", Mend: "systemctl status httpd (or the keystone container); the reason stands in httpd's error log"},
		{Slug: "backend-unsound", Status: []int{502}, By: by,
			Sight: "502 page of httpd", Cause: "httpd gets no sound answer from what it hands the request to: it closes the connection, or speaks another protocol", Mend: "see the log of the process behind; http:// and https:// in ProxyPass must be what it speaks"},
		{Slug: "backend-slow", Status: []int{504}, By: by,
			Sight: "504 page of httpd", Cause: "what httpd hands the request to did not answer in time", Mend: "see the process behind and its database; raise ProxyTimeout only if it is slow for a reason"},
	}
}
