package symptom

import "github.com/fedstone/fedstone/internal/keystone"

const (
	wrongPath = "keystone.url has a path at which Keystone is not mounted; it answers at the host itself"
	hostURL   = "keystone: {url: {hosturl}}"
)

// keystoneSymptoms: what Keystone answers at any path.
func keystoneSymptoms() []Symptom {
	by := keystone.ByItself
	return append([]Symptom{
		{Slug: "placeholder-path", Status: []int{404}, Known: []Fact{Placeholder},
			Sight: "404 at /secure", Cause: "/secure is the placeholder of Keystone's own documentation for a path that httpd guards: nothing is there",
			Mend: "ask POST {path}; set `keystone: {url: …}` to the URL of which /v3 answers"},
		{Slug: "version-doubled", Status: []int{404}, By: by, Seen: "<!doctype html>",
			Second: []Second{{"version", Want{Status: []int{404}}}, {"root", Want{Status: []int{200, 300}, By: by}}},
			Sight:  "404 page of Keystone at /v3, and Keystone's versions at /",
			Cause:  "what stands in front adds a path: Keystone is asked for more than /v3", Mend: "in the proxy pass paths on as they come: ProxyPass / http://KEYSTONE/ (both with a final slash)"},
		{Slug: "url-path-wrong", Status: []int{404}, By: by, Seen: "<!doctype html>", Second: []Second{{"origin", Want{Status: []int{200}, By: by}}}, Known: []Fact{URLHasPath},
			Sight: "404 page of Keystone below the path of keystone.url, and Keystone's version at the host itself", Cause: wrongPath, Mend: hostURL},
		{Slug: "path-rewritten", Steps: issuing, Status: []int{404}, By: by, Seen: "<!doctype html>",
			Second: []Second{{"version", Want{Status: []int{200}, By: by}}},
			Sight:  "404 page of Keystone for the exchange, while /v3 answers",
			Cause:  "what stands in front changes the path: {path} comes to Keystone as another one, which it does not have", Mend: "in the proxy pass the path on as it comes: no `http-request set-path` (haproxy), no path behind the host in proxy_pass (nginx) or ProxyPass (httpd)"},
		{Slug: "version-stripped", Status: []int{404}, By: by, Seen: "<!doctype html>",
			Second: []Second{{"doubled", Want{Status: []int{200}, By: by}}},
			Sight:  "404 page of Keystone at /v3, and its version at /v3/v3",
			Cause:  "what stands in front takes /v3 away: Keystone is asked for less than /v3", Mend: "in the proxy pass paths on as they come: ProxyPass /v3 http://KEYSTONE/v3"},
		{Slug: "path-unknown-to-keystone", Status: []int{404}, By: by, Seen: "<!doctype html>",
			Sight: "404 page of Keystone's own",
			Cause: "Keystone was asked for a path that it does not have: /v3 is missing or doubled in what reaches it", Mend: "set `keystone: {url: …}` to the part before /v3"},
		{Slug: "double-slash", Status: []int{308}, By: by,
			Sight: "308 page of Keystone's own", Cause: "the path has a double slash when it comes to Keystone, which redirects to {host}",
			Mend: "take the final slash from `keystone: {url: …}`, or from the proxy's target"},
		{Slug: "method-refused", Status: []int{405}, By: by,
			Sight: "405 JSON of Keystone", Cause: "Keystone does not take this method there", Mend: "see that no proxy changes POST into another method (a 301 or 302 between does)"},
		{Slug: "request-too-large-for-keystone", Status: []int{413}, By: by,
			Sight: "413 of Keystone", Cause: "the request's body is larger than Keystone takes", Mend: "in keystone.conf:\n[oslo_middleware]\nmax_request_body_size = 114688"},
		{Slug: "resource-without-token", Steps: "resource", Status: []int{401}, By: by,
			Sight: "401 JSON of Keystone for GET /v3/projects and the like, never a redirect",
			Cause: "a resource of Keystone asks for a token and never redirects to a login: only httpd does, on the websso paths",
			Mend:  "exchange the issuer's token first: POST {path} with `Authorization: Bearer`, then send what comes in X-Subject-Token as X-Auth-Token"},
	}, append(iamSymptoms(), creationSymptoms()...)...)
}

// iamSymptoms: IAM services that speak Keystone's API, with error bodies of their own.
func iamSymptoms() []Symptom {
	iam := func(slug, seen, cause, mend string) Symptom {
		return Symptom{Slug: slug, By: keystone.ByItself, Seen: seen, Sight: "{\"error_code\":\"" + seen + "\"}", Cause: cause + ": {message}", Mend: mend}
	}
	return []Symptom{
		iam("iam-not-authenticated", "IAM.0001", "the IAM service does not take the token", "send the ID token (its aud is the client id, its iss the idp_url): `bearer: {token: id}`; compare signing_key with the issuer's keys"),
		iam("iam-forbidden", "IAM.0002", "the IAM service forbids it", "give the user's group a policy"),
		iam("iam-not-allowed", "IAM.0003", "the IAM service forbids it", "give the user's group a policy"),
		iam("iam-not-found", "IAM.0004", "the IAM service has no such identity provider or protocol", "compare {idp} with the identity providers of the account; the protocol is called oidc: `protocol: oidc`"),
		iam("iam-conflict", "IAM.0005", "the IAM service has such an object already", "take another id"),
		iam("iam-error", "IAM.0006", "the IAM service failed", "try again, then ask the provider's support with the request id"),
		iam("iam-parameter", "IAM.0007", "the IAM service does not take a parameter, or the token", "send the ID token: `bearer: {token: id}`; compare idp_url with its iss and signing_key with the issuer's keys"),
		iam("iam-body", "IAM.0011", "the IAM service cannot read the body", "send the exchange without a body"),
		iam("iam-schema", "IAM.007", "the IAM service refuses the body's form", "compare the body with the API reference"),
		iam("iam-other", "IAM.", "the IAM service refuses", "look the code up in the API reference"),
	}
}

// creationSymptoms: `fedstone apply`, or whoever makes the objects.
func creationSymptoms() []Symptom {
	by := keystone.ByItself
	const making = "apply"
	return []Symptom{
		{Slug: "remote-id-taken", Steps: making, Status: []int{409}, By: by, Seen: "remote ID",
			Sight: "409 \"Duplicate remote ID\"", Cause: "a remote id belongs to another identity provider already: {message}", Mend: "openstack identity provider list --long; an issuer has one identity provider only"},
		{Slug: "object-exists", Steps: making, Status: []int{409}, By: by,
			Sight: "409 \"Duplicate entry\" when an object is made", Cause: "the id is taken: {message}", Mend: "fedstone apply changes what is there, in place of creating it"},
		{Slug: "object-schema", Steps: making, Status: []int{400}, By: by,
			Sight: "400 \"… is not valid under any of the given schemas\", \"Additional properties …\", \"… is too long\", \"… is a required property\"",
			Cause: "Keystone refuses the form of the object: {message}", Mend: "fedstone validate PATH tells the line before Keystone does"},
		{Slug: "service-provider-disabled", Steps: making, Status: []int{403}, By: by,
			Sight: "403 when an assertion for another Keystone is asked for", Cause: "the service provider is disabled, or the token is not scoped to a project", Mend: "openstack service provider set --enable NAME"},
	}
}
