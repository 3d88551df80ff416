package claims

import (
	"slices"
	"strings"
)

// standard are claims that issuers commonly send, as they spell them (OpenID Connect
// Core 1.0, section 5.1; RFC 9068; eduPerson, WLCG and AARC profiles; Keycloak, Entra).
func standard() []string {
	return []string{
		"iss", "sub", "aud", "exp", "iat", "nbf", "jti", "azp", "acr", "amr", "auth_time", "at_hash", "sid", "session_state", "typ", "scope", "client_id",
		"name", "given_name", "family_name", "middle_name", "nickname", "preferred_username", "profile", "picture", "website", "email",
		"email_verified", "gender", "birthdate", "zoneinfo", "locale", "phone_number", "phone_number_verified", "updated_at",
		"groups", "roles", "entitlements", "realm_access", "resource_access", "eduperson_entitlement", "eduperson_scoped_affiliation",
		"eduperson_affiliation", "eduperson_unique_id", "eduperson_principal_name", "eduperson_assurance", "eduperson_targeted_id", "schac_home_organization",
		"voperson_id", "voperson_external_affiliation", "wlcg.groups", "wlcg.ver", "upn", "unique_name", "oid", "tid", "appid", "idp",
	}
}

// spelling finds the common claim that a name means.
type spelling map[string]string

func newSpelling() spelling {
	out := spelling{}
	for _, s := range standard() {
		out[folded(s)] = s
	}
	return out
}

// of gives the claim that a name means, whatever its case, and with _ for what a
// header's name may not have; "" for none.
func (s spelling) of(name string) string { return s[folded(name)] }

func folded(name string) string {
	return strings.NewReplacer(".", "_", "-", "_").Replace(strings.ToLower(name))
}

// listed reports whether a claim usually has several values.
func listed(claim string) bool {
	lower := strings.ToLower(claim)
	return slices.Contains([]string{"groups", "group", "roles", "role", "entitlements", "entitlement", "memberof", "ismemberof", "teams", "wlcg.groups", "aud"}, lower) ||
		strings.HasPrefix(lower, "eduperson_") && (strings.HasSuffix(lower, "entitlement") || strings.HasSuffix(lower, "affiliation"))
}

// bare gives the claim that a variable means, by whatever prefix it is named.
func (s spelling) bare(variable string) string {
	for _, prefix := range []string{"HTTP_OIDC_CLAIM_", "HTTP_OAUTH2_CLAIM_", "HTTP_OIDC_", "OIDC_CLAIM_", "OAUTH2_CLAIM_", "OIDC-", "OIDC_", "OAUTH2_"} {
		if rest, ok := strings.CutPrefix(variable, prefix); ok {
			if known := s.of(rest); known != "" {
				return known
			}
			return strings.ToLower(rest)
		}
	}
	return variable
}
