package symptom

import "github.com/fedstone/fedstone/internal/keystone"

// sessionSymptoms: what becomes of the token that Keystone has issued.
func sessionSymptoms() []Symptom {
	by, after := keystone.ByItself, "projects rescope catalog"
	return []Symptom{
		{Slug: "user-disabled", Steps: "rescope", Status: []int{401}, By: by, Known: []Fact{ProjectListed},
			Sight: "401 when a token for a project is asked for, which Keystone has just listed",
			Cause: "Keystone lists the project for this user and does not scope the token to it: the user or the project's domain is disabled (a disabled user still gets unscoped tokens)",
			Mend:  "openstack user set --enable USER-ID; and: openstack domain set --enable {domain}"},
		{Slug: "rescope-refused", Steps: "rescope", Status: []int{401}, By: by,
			Sight: "401 when a token for a project is asked for",
			Cause: "Keystone does not scope the token to that project: no role there, or the project or its domain does not exist or is disabled",
			Mend:  "openstack role add --group GROUP --group-domain {domain} --project PROJECT member; then log in anew"},
		{Slug: "keystone-token-unknown", Steps: "projects catalog revoke", Status: []int{401}, By: by,
			Sight: "401 for the token that Keystone has just issued",
			Cause: "Keystone does not know the token it has just given out: its processes do not share their Fernet keys, or their clocks differ",
			Mend:  "on every controller: sha256sum /etc/keystone/fernet-keys/* and date -u; copy the keys of one to all (keystone-manage fernet_rotate on that one alone)"},
		{Slug: "idp-disabled-after-login", Steps: after, Status: []int{403}, By: by, Known: []Fact{IDPDisabled},
			Sight: "403 JSON of Keystone after the exchange; the identity provider is disabled",
			Cause: "Keystone's identity provider {idp} was disabled after the login", Mend: "openstack identity provider set --enable {idp}"},
		{Slug: "policy-forbids", Steps: after + " apply", Status: []int{403}, By: by, Seen: "requested action: ",
			Sight: "403 \"You are not authorized to perform the requested action: identity:…\"",
			Cause: "Keystone's policy forbids it: {message}", Mend: "give the account the role that the policy asks for: openstack role add --user USER --project PROJECT admin"},
		{Slug: "forbidden-after-login", Steps: after, Status: []int{403}, By: by,
			Sight: "403 JSON of Keystone after the exchange",
			Cause: "Keystone's policy forbids it to this user, or the identity provider was disabled after the login", Mend: "openstack identity provider show {idp}; see the user's roles"},
		{Slug: "idp-deleted-after-login", Steps: after, Status: []int{404}, By: by, Seen: "Could not find Identity Provider",
			Sight: "404 \"Could not find Identity Provider\" after the exchange",
			Cause: "Keystone's identity provider {idp} was deleted after the login", Mend: "fedstone apply, then log in anew"},
		{Slug: "user-deleted-after-login", Steps: after, Status: []int{404}, By: by, Seen: "Could not find user",
			Sight: "404 \"Could not find user\" after the exchange",
			Cause: "the user was deleted after the login, as Keystone does with the identity provider's users when that is deleted", Mend: "fedstone apply, then log in anew"},
		{Slug: "token-ended", Steps: after, Status: []int{404}, By: by,
			Sight: "404 for the token that Keystone has issued",
			Cause: "the token was revoked meanwhile: the user was disabled or enabled, or a password changed, in the same second or later", Mend: "log in anew"},
	}
}
