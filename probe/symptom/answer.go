package symptom

// What the step itself has found in an answer that was a success.
const (
	NotAsAPI       Fact = "a field is not what the API says"
	OddToken       Fact = "X-Subject-Token is not one token"
	UserNameMany   Fact = "the user's name is made of several values"
	UserNameBytes  Fact = "the user's name is UTF-8 that was read as Latin-1"
	ForeignIDP     Fact = "the token is of another identity provider"
	ForeignProto   Fact = "the token is of another protocol"
	LocalUser      Fact = "the user has no OS-FEDERATION"
	OtherDomain    Fact = "the user is in another domain"
	ScopedAtOnce   Fact = "the unscoped token has a scope"
	OtherMethods   Fact = "methods are not those of this login"
	ExpiryPast     Fact = "expires_at is over"
	ClockAhead     Fact = "issued_at is in the future"
	TimeOdd        Fact = "a time is not one in UTC"
	OtherScope     Fact = "the token is not scoped to the project"
	NoRole         Fact = "the scoped token has no role"
	UserChanged    Fact = "the scoped token is another user's"
	ExpiryExtended Fact = "the scoped token lives longer than the unscoped one"
	NoProject      Fact = "the user has no role on any enabled project"
	ProjectMissing Fact = "the project that was named is not listed"
	GroupsEmpty    Fact = "the user has no project, and is in no group"
	Unexpected     Fact = "the answer is not what the description expects"
)

// answerSymptoms: Keystone gave what was asked for, and something in it is wrong
// (identity API v3, "Token"; keystone/common/render_token.py).
func answerSymptoms() []Symptom {
	const field = "{field} is {seen}; expected {wanted}"
	return append([]Symptom{
		told201("user-name-list", UserNameMany, "a user's name such as ['a', 'b'] or a;b", field+": the claim has several values",
			"map `user: {name: …}` of identity_providers.{idp} from a claim with a single value; see that OIDCClaimDelimiter is not in the values"),
		told201("user-name-mojibake", UserNameBytes, "a user's name such as ZoÃ«", field+": Keystone has read UTF-8 as Latin-1, as it does before 27.0.2, 28.0.2 and 29.0.2",
			"upgrade Keystone to 27.0.2, 28.0.2 or 29.0.2, or use a claim in ASCII: the user's id changes with the name"),
		told201("foreign-provider", ForeignIDP, "201 with a token of another identity provider", field+": the path of {idp} let in a user of another provider",
			"set remote_ids and remote_id_attribute of {idp} (`fedstone apply`), and `Require claim iss:{issuer}` in <Location {path}>"),
		told201("foreign-protocol", ForeignProto, "201 with a token of another protocol", field,
			"see that <Location {path}> is not rewritten to another protocol's path"),
		told201("local-user", LocalUser, "201 with a user without OS-FEDERATION", field+": the mapping makes a local user (`type: local`)",
			"map an ephemeral user: take `type: local` out of the rule's user"),
		told201("domain-other", OtherDomain, "the user is in another domain than the description says", field,
			"set domain_id of Keystone's identity provider {idp}: `fedstone apply`; it cannot be changed after creation"),
		told201("scoped-at-once", ScopedAtOnce, "the exchange gives a token that has a scope already", field+": the user has a default project, which only a local user has",
			"map an ephemeral user, or take the user's default project away: openstack user unset --project"),
		told201("methods-changed", OtherMethods, "methods of the token are not those of this login", field+": another login than this one was answered",
			"see that no proxy or cache answers in Keystone's place"),
		told201("expiry-in-the-past", ExpiryPast, "expires_at is over when the token comes", field+": the answer is an old one, or the controllers' clocks differ",
			"see that no cache answers in Keystone's place, and compare the clocks: chronyc tracking"),
		told201("issued-in-the-future", ClockAhead, "issued_at is later than the answer's own Date", field+": the clocks of Keystone and of what stands in front differ",
			"compare the clocks of the controllers and of the load balancer: chronyc tracking"),
		told201("time-not-utc", TimeOdd, "expires_at or issued_at is no time in UTC", field,
			"see what changes Keystone's answers on the way: it writes 2030-01-31T12:00:00.000000Z"),
		told201("token-header-odd", OddToken, "X-Subject-Token is missing, doubled, or not one word", field,
			"see what changes Keystone's headers on the way: it writes one X-Subject-Token"),
		told201("answer-not-as-api", NotAsAPI, "a field is missing or of another type", field,
			"see what changes Keystone's answers on the way; if nothing does, Keystone's log tells what it has done"),
	}, scopeSymptoms()...)
}

// scopeSymptoms are about the way from the unscoped token to a project.
func scopeSymptoms() []Symptom {
	const field = "{field} is {seen}; expected {wanted}"
	return []Symptom{
		told201("scope-other", OtherScope, "the token is scoped to another project", field, "see that no proxy or cache answers in Keystone's place"),
		told201("scope-without-role", NoRole, "the scoped token has no role", field, "give the user's group a role: openstack role add --group GROUP --group-domain {domain} --project PROJECT member"),
		told201("user-changed", UserChanged, "the scoped token is another user's", field+": two users share a token",
			"see that no proxy or cache answers in Keystone's place, and that [token] caching is keyed by the token"),
		told201("expiry-extended", ExpiryExtended, "the scoped token lives longer than the unscoped one", field+": whoever scopes again and again is never logged out (CVE-2026-44394)",
			"upgrade Keystone to 27.0.2, 28.0.2 or 29.0.2"),
		told201("groups-empty", GroupsEmpty, "no project is listed, and OS-FEDERATION.groups is []",
			"logged in, but the user is in no group, and so in no project: no rule gives one, or Keystone has none of that name, which it passes over without a word",
			"openstack group list --domain {domain}; then correct `groups:` of identity_providers.{idp}, and `fedstone apply`"),
		told201("no-project", NoProject, "no enabled project is listed", "logged in, but the user has no role on any enabled project",
			"give a group of the user's a role: `groups:` of identity_providers.{idp}, then `fedstone apply`"),
		told201("project-missing", ProjectMissing, "the project of probe: is not among those listed", "the user has no role on project {wanted}; listed are {seen}",
			"correct `probe: {project: …}`, or give the user's group a role there"),
		told201("not-as-expected", Unexpected, "the user, groups, projects, roles or lifetime are not those of `expect:`", "{field}: wanted {wanted}; came {seen}",
			"correct the rules of identity_providers.{idp} and the roles of its groups, or what is expected: `expect: {{came}}`"),
	}
}

// told201 is a symptom that the step itself has found in an answer.
func told201(slug string, known Fact, sight, cause, mend string) Symptom {
	return Symptom{Slug: slug, Steps: stepsOfAnswers, Known: []Fact{known}, Sight: sight, Cause: cause, Mend: mend}
}

const stepsOfAnswers = "exchange ecp-exchange body projects rescope catalog expect"
