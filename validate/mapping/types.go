package mapping

import (
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

// blind reports whether nothing at hand tells which variables httpd sets. Where a
// configuration is at hand, the rules about claims hold mappings against it.
func blind(p *rule.Pass) bool { return len(p.Trees) == 0 }

// underscored are claims with `_` in their names: of OpenID Connect Core 5.1, and
// what issuers commonly add.
func underscored() []string {
	return []string{
		"preferred_username", "email_verified", "given_name", "family_name", "middle_name", "phone_number", "phone_number_verified", "updated_at",
		"client_id", "realm_access", "resource_access", "unique_name", "eduperson_entitlement", "eduperson_scoped_affiliation", "eduperson_unique_id",
		"eduperson_principal_name", "eduperson_affiliation", "eduperson_assurance", "voperson_id", "on_prem_id", "groups_direct", "project_path",
	}
}

// meantClaim gives the claim whose misspelt name a type seems to hold; "" for none.
// Short names are near to too many others.
func meantClaim(name string) string {
	c := claim(name)
	if c == name || slices.Contains(underscored(), c) {
		return ""
	}
	var long []string
	for _, known := range underscored() {
		if len(known) >= 10 {
			long = append(long, known)
		}
	}
	return finding.Nearest(c, long)
}

// header reports whether a type is a request header's variable.
func header(name string) bool { return strings.HasPrefix(name, "HTTP_") }
