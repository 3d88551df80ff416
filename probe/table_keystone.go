package probe

import "github.com/fedstone/fedstone/internal/keystone"

// keystoneRows: Keystone's refusals of an exchange (keystone/federation/utils.py,
// keystone/auth/plugins/mapped.py, keystone/api/os_federation.py).
func keystoneRows() []row {
	return []row{
		{name: "unsupported method", status: 401, by: keystone.ByItself, seen: "unsupported method",
			cause: "the protocol id {protocol} is not among Keystone's authentication methods",
			mend:  "keystone.conf: [auth] methods = password,token,application_credential,{protocol}; only openid, saml2, mapped and x509 can stand for a mapping"},
		{name: "rescope refused", steps: "rescope", status: 401, by: keystone.ByItself,
			cause: "Keystone does not scope the token to that project: no role there, or the project or its domain is disabled",
			mend:  "give a group of the user's a role on the project, then log in anew"},
		{name: "token not valid", steps: "projects catalog revoke", status: 401, by: keystone.ByItself,
			cause: "Keystone does not know the token it has just given out: its processes do not share their Fernet keys, or their clocks differ",
			mend:  "compare /etc/keystone/fernet-keys and the clocks of all controllers"},
		{name: "claims refused, path covered", steps: issuing, status: 401, by: keystone.ByItself, control: "bearer",
			cause: "httpd let the token through and Keystone refused it: no rule of the mapping fits the claims, a claim that a rule needs is missing, or remote_id_attribute names a variable that is not there",
			mend:  "[openid] remote_id_attribute = OIDC-iss in keystone.conf, with OIDCClaimPrefix \"OIDC-\" and OIDCPassClaimsAs environment; then compare the token's claims with the rules of identity_providers.{idp}. The reason stands in Keystone's log (\"Authorization failed.\")"},
		{name: "claims refused", steps: issuing, status: 401, by: keystone.ByItself,
			cause: "Keystone refused, and httpd seems not to have looked at the token: no section covers {path}",
			mend:  "add <Location {path}> to the vhost that serves {keystone} (`fedstone render` writes it)"},
		{name: "issuer unknown or disabled", steps: issuing, status: 403, by: keystone.ByItself,
			cause: "the token's issuer is not among the remote_ids of {idp}, or the identity provider is disabled",
			mend:  "openstack identity provider set --enable --remote-id {issuer} {idp} (`fedstone apply` does it); it is compared byte for byte, the final slash too"},
		{name: "no identity provider", status: 404, by: keystone.ByItself, seen: "Could not find Identity Provider",
			cause: "Keystone has no identity provider {idp}",
			mend:  "`fedstone apply` makes it; ids are compared with their case"},
		{name: "no protocol", status: 404, by: keystone.ByItself, seen: "federated protocol",
			cause: "Keystone's identity provider {idp} has no protocol {protocol}",
			mend:  "`fedstone apply` makes it, or: openstack federation protocol create --identity-provider {idp} --mapping {idp} {protocol}"},
		{name: "no mapping", status: 404, by: keystone.ByItself, seen: "Could not find mapping",
			cause: "the mapping that the protocol of {idp} names was deleted",
			mend:  "`fedstone apply` makes it anew"},
		{name: "no domain", status: 404, by: keystone.ByItself, seen: "Could not find domain",
			cause: "a domain that the mapping names does not exist",
			mend:  "`fedstone apply` makes the domain {domain}"},
		{name: "page not found", status: 404, by: keystone.ByItself, seen: "<!doctype html>",
			cause: "Keystone was asked for a path it does not have: /v3 is missing or doubled",
			mend:  "set `keystone: {url: …}` without /v3"},
		{name: "token not found", steps: "rescope", status: 404, by: keystone.ByItself,
			cause: "the token was revoked meanwhile: the user was disabled or enabled, or the identity provider deleted",
			mend:  "log in anew"},
		{name: "name not found", status: 404, by: keystone.ByItself, steps: issuing,
			cause: "something that the mapping names does not exist in Keystone; for a role the message is its bare name",
			mend:  "make the role, or correct the rules' `projects`"},
	}
}

// keystoneSpecialRows: answers with one cause each.
func keystoneSpecialRows() []row {
	return []row{
		{name: "same user twice", status: 409, by: keystone.ByItself,
			cause: "two identity providers or protocols share a domain and yield the same user",
			mend:  "give each its own domain: `domain:` of identity_providers.{idp}"},
		{name: "local user without domain", status: 400, by: keystone.ByItself, seen: "Expecting to find domain",
			cause: "the mapping makes a local user without naming a domain", mend: "add the domain to the rule's user"},
		{name: "protocol is a method of its own", status: 400, by: keystone.ByItself, seen: "Expecting to find",
			cause: "the protocol id {protocol} is one of Keystone's own methods, which read the body", mend: "name the protocol openid"},
		{name: "schema 2.0 without domain", status: 400, by: keystone.ByItself, seen: "NoneType",
			cause: "the mapping has schema_version 2.0 and its last local item has no domain", mend: "give every local item a domain (`fedstone apply` does)"},
		{name: "group named name", status: 400, by: keystone.ByItself, seen: "string indices",
			cause: "a group's name holds the words name and domain, which Keystone takes for a structure", mend: "let through only the groups that are needed: `only: {groups: […]}`"},
		{name: "too long", status: 400, by: keystone.ByItself, seen: "length exceeded",
			cause: "the user's name or id is longer than 255 characters", mend: "map it from a shorter claim"},
		{name: "wrong method", status: 405, by: keystone.ByItself,
			cause: "Keystone does not take this method there", mend: "see that no proxy changes POST into another method"},
		{name: "forbidden", status: 403, by: keystone.ByItself,
			cause: "Keystone's policy forbids it to this user, or the identity provider was disabled after the login", mend: "see the user's roles, and that {idp} is enabled"},
		{name: "group id missing", status: 500, by: keystone.ByItself,
			cause: "the mapping names a group id that does not exist, or an index that no claim stands for", mend: "`fedstone apply` brings the groups and the mapping into line"},
	}
}
