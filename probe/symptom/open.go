package symptom

import "github.com/fedstone/fedstone/internal/keystone"

const addLocation = "add <Location {path}> to the vhost that serves {keystone} (`fedstone render` writes it); the ids must be those of Keystone, case included"

// openSymptoms: a request without a valid token came to Keystone.
func openSymptoms() []Symptom {
	return []Symptom{
		{Slug: "path-open", Steps: controls, Status: []int{201},
			Sight: "201 without a valid token",
			Cause: "CRITICAL: {path} gives out Keystone tokens without a valid token of {issuer}",
			Mend:  "close the path in httpd now: <Location {path}> with AuthType and `Require claim iss:{issuer}` (`fedstone render` writes it), and unset client-sent OIDC-* headers",
			Rules: []string{"federation-path-unprotected", "claims-forgeable", "authtype-without-require", "unauthenticated-pass"}},
		{Slug: "path-uncovered", Steps: controls, Status: []int{401}, By: keystone.ByItself, Known: []Fact{GenericMessage},
			Sight: "401 JSON of Keystone without a valid token",
			Cause: "Keystone itself answered a request without a valid token: no section of httpd's configuration covers {path}, so claim headers that a client forges reach Keystone",
			Mend:  addLocation,
			Rules: []string{"federation-path-unprotected", "provider-without-door", "location-mistyped", "location-outside-of-mount"}},
		{Slug: "path-uncovered-issuer-read", Steps: controls, Status: []int{403}, By: keystone.ByItself,
			Sight: "403 JSON of Keystone without a valid token",
			Cause: "Keystone itself answered a request without a valid token, and knows an issuer or a disabled identity provider: no section of httpd's configuration covers {path}",
			Mend:  addLocation,
			Rules: []string{"federation-path-unprotected", "provider-without-door"}},
	}
}
