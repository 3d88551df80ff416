package symptom

import "github.com/fedstone/fedstone/internal/keystone"

// mappingSymptoms: Keystone fails at what the mapping gives it.
func mappingSymptoms() []Symptom {
	return append(badMappings(), brokenMappings()...)
}

// unnoticed: Keystone lets the user in, and is silent about what is wrong.
func unnoticed() []Symptom {
	return []Symptom{
		{Slug: "groups-missing", Steps: "projects", Known: []Fact{GroupsEmpty, GroupsGiven},
			Sight: "no project is listed and OS-FEDERATION.groups is [], though the rules give groups",
			Cause: "the rules of {whose} give the groups {groups}, and Keystone puts the user in none: it has none of that name in that domain, which it passes over without a word, or the names came as one (OIDCClaimDelimiter is not \";\")",
			Mend:  "openstack group list --domain {domain}; openstack group create --domain {domain} NAME, or `fedstone apply`; in httpd: OIDCClaimDelimiter \";\"", Rules: []string{"claim-delimiter", "group-name-literal"}},
		{Slug: "issuer-not-checked", Steps: "body", Known: []Fact{ForeignPassed},
			Sight: "201 for a token whose iss is another issuer",
			Cause: "SECURITY: {idp} took a token of another issuer ({seen}): neither httpd nor Keystone compares iss. Keystone does so only where the identity provider has remote ids and remote_id_attribute is set",
			Mend:  "openstack identity provider set --remote-id {issuer} {idp}; in httpd `Require claim iss:{issuer}`; " + remoteIDKey, Rules: []string{"idp-without-remote-ids", "remote-id-attribute-missing", "issuer-not-required"}},
	}
}

func badMappings() []Symptom {
	bad := func(slug, seen, cause, mend string) Symptom {
		return Symptom{Slug: slug, Steps: issuing, Status: []int{400}, By: keystone.ByItself, Seen: seen, Sight: "400 \"" + seen + " …\"", Cause: cause, Mend: mend}
	}
	return []Symptom{
		bad("local-user-without-domain", "Expecting to find domain in", "the mapping makes a local user without naming a domain",
			"write the domain into the rule's user: \"user\": {\"name\": …, \"type\": \"local\", \"domain\": {\"name\": \"{domain}\"}}"),
		bad("protocol-is-a-method", "Expecting to find", "the protocol id {protocol} is one of Keystone's own methods, which look for a password or a token in the body",
			"name the protocol openid: openstack federation protocol create --identity-provider {idp} --mapping {idp} openid; and `protocol: openid` in identity_providers.{idp}"),
		bad("schema-without-domain", "NoneType", "the mapping has schema_version 2.0 and its last local item has no domain",
			"write \"domain\": {\"name\": \"{domain}\"} into every local item, or schema_version 1.0 (`fedstone apply` does)"),
		bad("group-called-name-and-domain", "string indices", "a group's name holds the letters name and domain, which Keystone takes for a structure",
			"let through only the groups that are needed: `only: {groups: […]}` in the rule of identity_providers.{idp}, then `fedstone apply`"),
		bad("user-name-too-long", "length exceeded", "the user's name or id has more than 255 characters", "map it from a shorter claim: `user: {name: \"{preferred_username}\"}`"),
		{Slug: "mapping-type-error", Steps: exchange, Status: []int{400}, By: keystone.ByItself, Known: []Fact{RulesTypeError},
			Sight: "400 JSON of Keystone; evaluating the rules ends in a TypeError", Cause: "the rules end in a TypeError: {why} ({where})", Mend: "edit {where}, then `fedstone apply`"},
		{Slug: "same-user-twice", Steps: issuing, Status: []int{409}, By: keystone.ByItself,
			Sight: "409 \"Duplicate entry\"",
			Cause: "two identity providers or protocols share the domain of {idp} and yield the same user",
			Mend:  "give each its own domain: `domain:` of identity_providers.{idp}; an identity provider's domain is fixed, so delete it in Keystone first, then `fedstone apply`", Rules: []string{"idps-share-domain", "protocols-share-users"}},
	}
}

// brokenMappings: 500. Keystone's own JSON tells of exceptions that it knows; of
// others httpd tells with its page.
func brokenMappings() []Symptom {
	json := func(slug string, known Fact, cause, mend string) Symptom {
		return Symptom{Slug: slug, Steps: exchange, Status: []int{500}, By: keystone.ByItself, Known: []Fact{known}, Sight: "500 JSON of Keystone; " + string(known), Cause: cause, Mend: mend}
	}
	return []Symptom{
		json("index-out-of-range", IndexOutOfRange, "a placeholder in the rules of {whose} stands for no claim: {why} ({where})", "correct the placeholder at {where}: they count the remote items without any_one_of and not_any_of, from {0}"),
		json("group-id-missing", GroupIDsGiven, "the mapping names a group id that Keystone does not have: {groupids}", "openstack group list --domain {domain}; name groups rather than ids: `groups: [NAME]` in the rules of identity_providers.{idp}, then `fedstone apply`"),
		{Slug: "group-of-token-deleted", Steps: "rescope projects", Status: []int{500}, By: keystone.ByItself,
			Sight: "500 JSON of Keystone after the exchange", Cause: "a group of the token has been deleted since the login", Mend: "log in anew"},
		{Slug: "metadata-file-missing", Steps: "metadata", Status: []int{500}, By: keystone.ByItself,
			Sight: "500 JSON at /v3/OS-FEDERATION/saml2/metadata", Cause: "idp_metadata_path of [saml] names a file that is not there", Mend: "keystone-manage saml_idp_metadata > /etc/keystone/saml2_idp_metadata.xml"},
		{Slug: "keystone-error", Status: []int{500}, By: keystone.ByItself,
			Sight: "500 JSON of Keystone",
			Cause: "Keystone failed: the mapping names a group id that does not exist, or a placeholder such as {9} that stands for no claim, or the database fails",
			Mend:  "`fedstone apply` brings groups and mapping into line; the reason stands in Keystone's log"},
	}
}
