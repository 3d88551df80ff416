package keystone

import (
	"slices"
	"strings"

	"github.com/fedstone/fedstone/validate/subject"
)

// issuersOf gives the issuers that an identity provider's sections ask for, or that its
// description names: what its remote ids must be among.
func issuersOf(s *subject.Site, by doors, idp string) []string {
	var out []string
	add := func(issuer string) {
		if issuer != "" && !slices.Contains(out, issuer) {
			out = append(out, issuer)
		}
	}
	for _, d := range by[idp] {
		values, exact := d.Require().Claims("iss")
		for _, v := range values {
			if exact {
				add(v)
			}
		}
	}
	for _, d := range s.Descriptions {
		for _, p := range d.Spec.IdentityProviders {
			if p.ID.Value == idp {
				add(p.Issuer.Value)
			}
		}
	}
	return out
}

// likelyIssuer gives an issuer that httpd knows, to be pasted.
func likelyIssuer(s *subject.Site) string {
	for _, d := range s.Doors() {
		if values, exact := d.Require().Claims("iss"); exact && len(values) > 0 {
			return values[0]
		}
	}
	return "ISSUER"
}

// alike reports whether two issuers are most likely meant to be one: they differ in
// scheme, case, a final slash, or the path /auth alone.
func alike(a, b string) bool { return bareIssuer(a) == bareIssuer(b) }

func bareIssuer(issuer string) string {
	issuer = strings.ToLower(strings.TrimSpace(issuer))
	issuer = strings.TrimPrefix(strings.TrimPrefix(issuer, "https://"), "http://")
	issuer = strings.TrimSuffix(issuer, "/.well-known/openid-configuration")
	return strings.Replace(strings.TrimRight(issuer, "/"), "/auth/realms/", "/realms/", 1)
}
