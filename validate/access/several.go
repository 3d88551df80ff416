package access

import (
	"net/url"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/validate/subject"
)

// severalIssuers reports whether browsers of a virtual host may log in at more than
// one issuer: its metadata directory has more, or it cannot be looked at and the
// websso paths are of more than one identity provider.
func severalIssuers(v *subject.Vhost) bool {
	if v.Command("oidcmetadatadir") == nil {
		return false
	}
	if f := v.Folder(); f != nil && f.Err == nil {
		return len(f.With("provider")) > 1
	}
	seen := map[string]bool{}
	for _, d := range v.Doors() {
		if d.Kind == subject.WebSSO && d.IdP != "" {
			seen[d.IdP] = true
		}
	}
	return len(seen) > 1
}

// issuersOf gives the issuers at which browsers of a virtual host log in; ok is
// false where they are not all known.
func issuersOf(v *subject.Vhost) (issuers []string, ok bool) {
	if f := v.Folder(); f != nil {
		for _, e := range f.With("provider") {
			if e.Doc != nil && e.Doc.Get("issuer") != nil {
				issuers = append(issuers, e.Doc.Get("issuer").Text())
			}
		}
		return issuers, f.Err == nil && len(issuers) > 0
	}
	if issuer := v.Value("oidcproviderissuer"); issuer != "" {
		return []string{issuer}, true
	}
	return nil, false
}

// likely gives the issuer that another spelling of it stands for: with or without a
// final slash, http for https, upper case, Keycloak's old /auth, or a few letters
// beside it; "" for none.
func likely(issuer string, known []string) string {
	for _, k := range known {
		if k != issuer && canonical(k) == canonical(issuer) {
			return k
		}
	}
	return ""
}

func canonical(issuer string) string {
	u, err := url.Parse(strings.ToLower(issuer))
	if err != nil {
		return issuer
	}
	path := strings.TrimSuffix(strings.Replace(u.Path, "/auth/realms/", "/realms/", 1), "/")
	port := u.Port()
	if slices.Contains([]string{"80", "443"}, port) {
		port = ""
	}
	return u.Hostname() + ":" + port + path
}
