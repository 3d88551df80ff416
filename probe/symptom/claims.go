package symptom

import "github.com/fedstone/fedstone/internal/keystone"

const (
	whoTook     = "httpd took the token and Keystone refused its claims: "
	remoteIDKey = "in keystone.conf:\n[{protocol}]\nremote_id_attribute = OIDC-iss"
	addLocation = "add to the vhost that serves {keystone} (`fedstone render` writes it whole):\n<Location {path}>\n  AuthType oauth20\n  <RequireAll>\n    Require claim iss:{issuer}\n    Require claim aud:{audience}\n    {Require of its clients}\n  </RequireAll>\n</Location>"
)

// claimSymptoms: Keystone's 401 to an exchange, whose text is one for ten causes
// (keystone/auth/plugins/mapped.py, keystone/federation/utils.py).
func claimSymptoms() []Symptom {
	first := []Symptom{
		{Slug: "protocol-name-unusable", Status: []int{401}, By: keystone.ByItself, Seen: "unsupported method", Known: []Fact{OddProtocol},
			Sight: "401 \"Attempted to authenticate with an unsupported method.\", and the protocol has a name of its own",
			Cause: "the protocol is called {protocol}, and Keystone has a method for openid, saml2, mapped and x509 alone",
			Mend:  "openstack federation protocol create --identity-provider {idp} --mapping {idp} openid; and `protocol: openid` in identity_providers.{idp}", Rules: []string{"method-unknown"}},
		{Slug: "method-missing", Status: []int{401}, By: keystone.ByItself, Seen: "unsupported method",
			Sight: "401 \"Attempted to authenticate with an unsupported method.\"",
			Cause: "the protocol id {protocol} is not among Keystone's authentication methods",
			Mend:  "in keystone.conf add {protocol} to the methods that stand there; where none do:\n[auth]\nmethods = password,token,application_credential,{protocol}",
			Rules: []string{"method-missing", "method-unknown"}},
		{Slug: "controllers-differ", Steps: "garbage-token", Status: []int{401}, By: keystone.ByItself,
			Second: []Second{{"no-token", refusedBefore()}},
			Sight:  "one request is refused by httpd, and the next, on the same path, by Keystone",
			Cause:  "two answers of different layers at {path}: the controllers behind {keystone} do not have the same configuration",
			Mend:   "fedstone probe --controller all shows which one differs; deploy httpd's configuration to it and reload httpd there"},
		{Slug: "controllers-differ", Steps: "no-token", Status: []int{401}, By: keystone.ByItself,
			Second: []Second{{"again again-2", refusedBefore()}},
			Sight:  "a request without a token is answered by Keystone, and the same request once more is refused by httpd",
			Cause:  "the same request to {path} is answered now by Keystone, now by httpd: the controllers behind {keystone} do not have the same configuration",
			Mend:   "fedstone probe --controller all shows which one differs; deploy httpd's configuration to it and reload httpd there"},
		section("section-in-another-case", "upper-case lower-case", "the same path with the id in other letters is guarded by httpd", "the section's id has another case than {idp}, and Keystone and httpd compare it"),
		section("section-with-prefix", "prefixed", "the same path below /identity is guarded by httpd", "the section's path begins with /identity, and {path} does not"),
		{Slug: "path-uncovered", Steps: controls, Status: []int{401}, By: keystone.ByItself,
			Sight: "401 JSON of Keystone without a valid token",
			Cause: "Keystone itself answered a request without a valid token: no section of httpd's configuration covers {path}, or one without any Require, so claim headers that a client forges reach Keystone",
			Mend:  addLocation, Rules: uncovered()},
		{Slug: "path-uncovered", Steps: exchange, Status: []int{401}, By: keystone.ByItself,
			Second: []Second{{"garbage-token", Want{By: keystone.ByItself}}},
			Sight:  "401 JSON of Keystone, also for a token that nobody has signed",
			Cause:  "Keystone refused, and httpd did not look at the token: no section covers {path}, or one without any Require",
			Mend:   addLocation, Rules: uncovered()},
	}
	return append(append(first, ruleSymptoms()...), environmentSymptoms()...)
}

// section is an uncovered path beside one that httpd guards.
func section(slug, ask, sight, cause string) Symptom {
	return Symptom{Slug: slug, Steps: issuing, Status: []int{401}, By: keystone.ByItself,
		Second: []Second{{"garbage-token", Want{By: keystone.ByItself}}, {ask, Want{Status: []int{401, 302}, NotBy: keystone.ByItself}}},
		Sight:  "401 JSON of Keystone, whatever the token; " + sight, Cause: "no section of httpd's configuration covers {path}: " + cause,
		Mend: "correct the section's path:\n<Location {path}>", Rules: uncovered()}
}

func uncovered() []string {
	return []string{"federation-path-unprotected", "provider-without-door", "location-mistyped", "location-outside-of-mount", "location-misses-slash", "vhost-without-federation", "door-without-provider"}
}

// refusedBefore: by httpd or its module.
func refusedBefore() Want { return Want{Status: []int{401}, NotBy: keystone.ByItself} }

// refusing is a symptom of rules that refuse a token's claims.
func refusing(slug string, known Fact, told, cause, mend string, rules ...string) Symptom {
	s := Symptom{Slug: slug, Steps: exchange, Status: []int{401}, By: keystone.ByItself, Known: []Fact{known},
		Sight: "401 JSON of Keystone for a token that httpd took; " + string(known), Cause: whoTook + cause, Mend: mend, Rules: rules}
	if told != "" {
		s.Told = []string{told}
	}
	return s
}

// ruleSymptoms: the rules refuse, as evaluating them here shows.
func ruleSymptoms() []Symptom {
	const edit = "edit {where}, then `fedstone map` with the token shows what becomes of it, and `fedstone apply` stores it"
	return []Symptom{
		refusing("rules-give-nothing", RulesGiveNothing, "", "a rule of {whose} fits, and its local gives neither user nor group", "give the rule at {where} a user: `user: {name: \"{preferred_username}\"}`", "local-empty"),
		refusing("no-rule-fits", NoRuleFits, "Could not map any federated user properties", "no rule of {whose} fits: {why} ({where})",
			"have the provider send what the rule wants, or "+edit, "rule-never-holds", "mapping-type-never-set", "mapping-type-header-dropped", "claims-not-passed", "claim-delimiter", "claim-filtered-out"),
		refusing("user-without-name", NoUserName, "Could not map user while setting", "the rules give the user neither name nor id: {why}",
			"map the name from a claim that every token has: `user: {name: \"{sub}\"}` in identity_providers.{idp}", "user-missing"),
		refusing("groups-without-domain", GroupsWithoutDomain, "keywords must be specified", "`groups` stands in a rule without `domain` beside it ({where})",
			"in the mapping write \"domain\": {\"name\": \"{domain}\"} beside \"groups\"; rules of federation.yaml have it by themselves", "groups-without-domain"),
		refusing("group-called-name", GroupCalledName, "", "a group's name holds the letters name, which Keystone takes for the beginning of a structure: {why}",
			"let through only the groups that are needed: `only: {groups: […]}` in the rule of identity_providers.{idp}", "groups-unfiltered"),
		refusing("projects-json-odd", BadProjects, "projects_json", "projects_json of the mapping: {why}", "have the provider send a JSON list of {\"name\": …, \"roles\": [{\"name\": …}]} without a semicolon"),
		refusing("local-user-missing", LocalUserWanted, "", "the rules want the local user {user}, and Keystone has none of that name, or it is disabled",
			"openstack user create --domain {domain} {user}; or take `type: local` out of the rule's user, so that the login makes the user", "local-user-incomplete"),
	}
}

// environmentSymptoms: the rules would take the claims, and Keystone does not see
// them as httpd hands them on.
func environmentSymptoms() []Symptom {
	const expected = "Keystone does not find the issuer in the environment: "
	by := keystone.ByItself
	return []Symptom{
		refusing("remote-id-attribute-of-protocol", OddAttribute, "", expected+"protocol {protocol} of {idp} has remote_id_attribute {attribute}, which wins over keystone.conf, and httpd sets OIDC-iss",
			"openstack federation protocol set --identity-provider {idp} --mapping {mapping} {protocol}, with remote_id_attribute OIDC-iss (`fedstone apply` sets it)", "remote-id-attribute-overruled", "remote-id-never-set"),
		{Slug: "remote-id-attribute-of-headers", Steps: exchange, Status: []int{401}, By: by, Known: []Fact{UserMade},
			Second: []Second{{"own-login", Want{Status: []int{401}, By: by}}, {"forged-issuer", Want{Status: []int{403}, By: by}}},
			Sight:  "401 JSON of Keystone for a token that httpd took; Keystone reads an issuer from a header",
			Cause:  "SECURITY: Keystone reads the issuer from a header that any client can forge (remote_id_attribute = HTTP_OIDC_ISS), and httpd gives it as an environment variable",
			Mend:   remoteIDKey, Rules: []string{"header-only-rule", "claims-forgeable"}},
		{Slug: "controllers-differ", Steps: exchange, Status: []int{401}, By: keystone.ByItself,
			Second: []Second{{"no-token", refusedBefore()}, {"again again-2 again-3", Want{Status: []int{401}, By: keystone.ByItself}}},
			Sight:  "the same request without a token is refused by httpd, and another time by Keystone",
			Cause:  "the same request to {path} is answered now by httpd, now by Keystone: the controllers behind {keystone} do not have the same configuration",
			Mend:   "fedstone probe --controller all shows which one differs; deploy httpd's configuration to it and reload httpd there"},
		{Slug: "external-clash", Steps: exchange, Status: []int{401}, By: by, Known: []Fact{externalClash}, Told: []string{"Unable to reconcile"},
			Sight: "401 JSON of Keystone, for some users only",
			Cause: "a local user of Keystone's default domain has this user's REMOTE_USER for a name, and the method external logs both in",
			Mend:  "in keystone.conf take external out:\n[auth]\nmethods = password,token,application_credential,{protocol}", Rules: []string{"method-external"}},
		{Slug: "remote-id-attribute", Steps: exchange, Status: []int{401}, By: by, Known: []Fact{UserMade}, Told: []string{"Could not find Identity Provider identifier"},
			Sight: "401 JSON of Keystone for a token that httpd took, though the rules take its claims",
			Cause: "httpd took the token and the rules of {whose} take its claims; Keystone still refused: it does not see them. remote_id_attribute or assertion_prefix of keystone.conf, OIDCClaimPrefix, OIDCPassClaimsAs and the names in Keystone's mapping do not fit each other",
			Mend:  "`fedstone apply --plan` shows whether Keystone's mapping is the description's (and `fedstone probe --cloud NAME` which of its rules refuses); if it is, " + remoteIDKey + "\n[federation]\nassertion_prefix = OIDC-\nin httpd: OIDCClaimPrefix \"OIDC-\" and `OIDCPassClaimsAs environment`",
			Rules: []string{"remote-id-never-set", "remote-id-attribute-missing", "remote-id-section-misspelt", "claim-prefix-differs", "assertion-prefix-hides", "claims-not-passed", "claims-in-other-form", "mapping-on-cloud-differs"}},
		{Slug: "claims-refused", Steps: exchange, Status: []int{401}, By: by,
			Sight: "401 JSON of Keystone for a token that httpd took",
			Cause: "httpd let the token through and Keystone refused it: no rule of the mapping fits the claims, a claim that a rule needs is missing, or remote_id_attribute names a variable that is not there",
			Mend:  "fedstone map federation.yaml#{idp} TOKENFILE tells what the rules make of the token; if they take it:\n" + remoteIDKey},
	}
}

// externalClash is never known beforehand: only Keystone's own words tell of it.
const externalClash Fact = "a local user has the same REMOTE_USER"
