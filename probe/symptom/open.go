package symptom

import "github.com/fedstone/fedstone/internal/keystone"

// openSymptoms: a request without a valid token came to Keystone. The one that
// Keystone answers with 401 stands with the claims.
func openSymptoms() []Symptom {
	open := []Symptom{
		{Slug: "path-open", Steps: controls, Status: []int{201},
			Sight: "201 without a valid token",
			Cause: "CRITICAL: {path} gives out Keystone tokens without a valid token of {issuer}",
			Mend:  "close the path in httpd now, and unset the headers that clients send: `RequestHeader unset OIDC-iss early`; " + addLocation,
			Rules: []string{"federation-path-unprotected", "claims-forgeable", "authtype-without-require", "unauthenticated-pass"}},
		{Slug: "path-uncovered-idp-disabled", Steps: controls, Status: []int{403}, By: keystone.ByItself,
			Second: []Second{{"own-login", Want{Status: []int{403}, By: keystone.ByItself}}},
			Sight:  "403 JSON of Keystone without a valid token, also at Keystone's own login",
			Cause:  "Keystone itself answered a request without a valid token: no section of httpd's configuration covers {path}; and its identity provider {idp} is disabled",
			Mend:   "openstack identity provider set --enable {idp}; and " + addLocation, Rules: uncovered()},
		{Slug: "path-uncovered-issuer-read", Steps: controls, Status: []int{403}, By: keystone.ByItself,
			Sight: "403 JSON of Keystone without a valid token",
			Cause: "Keystone itself answered a request without a valid token, and has read an issuer in it: no section of httpd's configuration covers {path}",
			Mend:  addLocation, Rules: uncovered()},
		{Slug: "path-uncovered-idp-unknown", Steps: controls, Status: []int{404}, By: keystone.ByItself, Seen: "Could not find Identity Provider",
			Sight: "404 JSON of Keystone without a valid token",
			Cause: "neither httpd nor Keystone knows {idp}: no section of httpd's configuration covers {path}, and Keystone has no identity provider of that id",
			Mend:  "compare the id with `openstack identity provider list`, case included: if it is right, `fedstone apply` makes it; and " + addLocation, Rules: uncovered()},
		{Slug: "path-uncovered-protocol-unknown", Steps: controls, Status: []int{404}, By: keystone.ByItself, Seen: "federated protocol",
			Sight: "404 JSON of Keystone without a valid token, about the protocol",
			Cause: "no section of httpd's configuration covers {path}, and Keystone's {idp} has no protocol {protocol}",
			Mend:  "openstack federation protocol list --identity-provider {idp}; `fedstone apply` makes it; and " + addLocation, Rules: uncovered()},
	}
	for _, s := range open[1:] {
		s.Steps, s.Sight = exchange, s.Sight+", and with one"
		s.Second = append([]Second{{"garbage-token", Want{Status: s.Status, By: keystone.ByItself}}}, s.Second...)
		open = append(open, s)
	}
	return open
}
