package symptom

import "github.com/fedstone/fedstone/internal/keystone"

// What is known of a login at a cloud's identity service, which is no Keystone though it
// speaks its API.
const (
	AtService       Fact = "the target is a cloud's identity service"
	TokenHolds      Fact = "the ID token holds with the issuer's keys of now"
	ClaimMissing    Fact = "the ID token lacks a claim that the rules name"
	KeysDrifted     Fact = "the service's copy of the issuer's keys lacks one"
	NoConfiguration Fact = "the service has no OpenID Connect configuration of the identity provider"
)

// serviceSymptoms: what the IAM of Open Telekom Cloud and Huawei Cloud answers
// (identity-access-management, iam_13_0604 to 0606, status codes). Their exchange
// words errors as Keystone does, calls below /v3.0 by error_code and error_msg.
func serviceSymptoms() []Symptom {
	const (
		logins = "exchange id-token"
		doors  = "no-token garbage-token " + logins
		scopes = "domain rescope"
	)
	at := func(slug, steps string, status []int, sight, cause, mend string, known ...Fact) Symptom {
		return Symptom{Slug: slug, Steps: steps, Status: status, By: keystone.ByItself, Known: append([]Fact{AtService}, known...), Sight: sight, Cause: cause, Mend: mend}
	}
	drift := at("iam-key-drift", logins, []int{401}, "401 for an ID token that holds, after the issuer has changed its keys",
		"the service's copy of the issuer's keys (signing_key) is old: {seen}; tokens that such a key signs are refused", "fedstone apply", KeysDrifted)
	seenFirst := drift
	seenFirst.Steps, seenFirst.Status, seenFirst.By, seenFirst.Sight = "pasted-keys", nil, "", "a key of the issuer that is not in signing_key"
	seenFirst.Known = []Fact{KeysDrifted} // that step is at a service alone
	return []Symptom{
		seenFirst, drift,
		{Slug: "iam-no-configuration", Steps: "pasted-keys", Known: []Fact{NoConfiguration}, Sight: "404 for the OpenID Connect configuration",
			Cause: "the service has no OpenID Connect configuration of {idp}: nobody gets in", Mend: "fedstone apply"},
		at("iam-claim-missing", logins, []int{401}, "401 for an ID token that lacks what the rules are about",
			"no rule fits: the ID token has no claim {claims}, which the rules of identity_providers.{idp} name",
			"ask the issuer for the scope that brings it, such as profile: `probe: {scopes: [openid, profile]}`, and the same in every client's login", TokenHolds, ClaimMissing),
		at("iam-token-refused", logins, []int{401}, "401 for an ID token that holds",
			"the token holds with the issuer's keys of now, and the service refuses it: its copy of the keys (signing_key) is old, its idp_url or client_id is another, or no rule fits",
			"`fedstone apply --check-keys` compares the keys, `fedstone apply --plan` all; if both are content, hold the rules of identity_providers.{idp} against the token's claims", TokenHolds),
		at("iam-token-wrong", logins, []int{401}, "401 for an ID token that does not hold",
			"the service does not take the token; {problems}", "mend what the step token-check tells: the service wants the ID token of client.id, made by the issuer, signed by one of its keys, and not expired"),
		at("iam-provider-disabled", doors, []int{403}, "403 for a login", "the identity provider {idp} is disabled: {message}", "fedstone apply"),
		at("iam-object-missing", doors, []int{404}, "404 for a login", "the identity provider {idp}, its protocol {protocol}, its OpenID Connect configuration or its mapping is missing: {message}", "fedstone apply"),
		at("iam-request-invalid", doors, []int{400}, "400 for a login", "the service does not take the request: {message}", "see that no proxy changes requests; the id {idp} has at most 64 characters"),
		at("iam-scope-forbidden", scopes, []int{401, 403}, "401 or 403 when the token is scoped", "the user's groups may not work there: {message}",
			"give a group that the rules of identity_providers.{idp} name a policy there, in the service's console"),
		at("iam-scope-missing", scopes, []int{404}, "404 when the token is scoped", "there is no such account or project any more: {message}", "list them anew"),
		at("iam-unavailable", "", []int{500, 503}, "500 or 503 of the service", "the service failed: {message}", "try again, then ask the provider's support with the request id"),
	}
}
