package symptom

import "github.com/fedstone/fedstone/internal/keystone"

// objectSymptoms: Keystone's identity provider, protocol, mapping and what they name.
func objectSymptoms() []Symptom {
	return append(refusedObjects(), missingObjects()...)
}

func refusedObjects() []Symptom {
	by := keystone.ByItself
	const known = "openstack identity provider set --remote-id {issuer} {idp}\nthat replaces the list: give --remote-id once more for each that has to stay, or let `fedstone apply` do it"
	return []Symptom{
		{Slug: "idp-disabled", Steps: exchange, Status: []int{403}, By: by, Known: []Fact{IDPDisabled}, Told: []string{"is disabled"},
			Sight: "403 JSON of Keystone; an admin sees that the identity provider is disabled",
			Cause: "Keystone's identity provider {idp} is disabled", Mend: "openstack identity provider set --enable {idp}"},
		{Slug: "issuer-unknown", Steps: exchange, Status: []int{403}, By: by, Known: []Fact{RemoteIDGone}, Told: []string{"not included among the accepted"},
			Sight: "403 JSON of Keystone; an admin sees that the issuer is not among the remote ids",
			Cause: "{issuer} is not among the remote ids of {idp}, which are: {remote_ids}; they are compared byte for byte, the final slash too",
			Mend:  known},
		{Slug: "idp-disabled", Steps: exchange, Status: []int{403}, By: by,
			Second: []Second{{"own-login", Want{Status: []int{403}, By: by}}},
			Sight:  "403 JSON of Keystone, also at its own login without any claim",
			Cause:  "Keystone's identity provider {idp} is disabled: it refuses with 403 before it looks at any issuer",
			Mend:   "openstack identity provider set --enable {idp}", Rules: []string{"idp-disabled"}},
		{Slug: "issuer-unknown", Steps: exchange, Status: []int{403}, By: by,
			Second: []Second{{"own-login", Want{Status: []int{401}, By: by}}},
			Sight:  "403 JSON of Keystone, and 401 at its own login without any claim",
			Cause:  "{issuer} is not among the remote ids of {idp}, which is enabled; they are compared byte for byte, the final slash too",
			Mend:   known + "; `openstack identity provider show {idp}` shows those that it has", Rules: []string{"remote-id-unknown"}},
		{Slug: "issuer-unknown-or-idp-disabled", Steps: exchange, Status: []int{403}, By: by,
			Sight: "403 JSON of Keystone",
			Cause: "{issuer} is not among the remote ids of {idp}, or the identity provider is disabled",
			Mend:  "`openstack identity provider show {idp}` decides (or `fedstone probe --cloud NAME`), then: openstack identity provider set --enable --remote-id {issuer} {idp}"},
	}
}

func missingObjects() []Symptom {
	return []Symptom{
		missing("idp-missing", "Could not find Identity Provider", "Keystone has no identity provider {idp}",
			"fedstone apply; or: openstack identity provider create --enable --remote-id {issuer} --domain {domain} {idp} (ids are compared with their case)"),
		missing("protocol-missing", "federated protocol", "Keystone's identity provider {idp} has no protocol {protocol}",
			"fedstone apply; or: openstack federation protocol create --identity-provider {idp} --mapping {idp} {protocol}"),
		missing("mapping-missing", "Could not find mapping", "the mapping that protocol {protocol} of {idp} names was deleted", "fedstone apply", "mapping-missing"),
		missing("domain-missing", "Could not find domain", "a domain that the mapping names does not exist: {message}", "openstack domain create NAME, or correct `domain:` in the rules of identity_providers.{idp} and `fedstone apply`"),
		missing("project-domain-missing", "Could not find project", "a project that the mapping needs does not exist: {message}", "openstack project create --domain {domain} NAME"),
		{Slug: "role-missing", Steps: exchange, Status: []int{404}, By: keystone.ByItself,
			Sight: "404 JSON of Keystone whose message is a bare name",
			Cause: "the mapping grants the role {message}, which Keystone does not have",
			Mend:  "openstack role create {message}; or correct `projects:` in the rules of identity_providers.{idp} and `fedstone apply`"},
	}
}

func missing(slug, seen, cause, mend string, rules ...string) Symptom {
	return Symptom{Slug: slug, Steps: exchange, Status: []int{404}, By: keystone.ByItself, Seen: seen,
		Sight: "404 \"" + seen + " …\"", Cause: cause, Mend: mend, Rules: rules}
}

// issuing are the steps at the path of the exchange.
const issuing = controls + " " + exchange
