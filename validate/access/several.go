package access

import (
	"net/url"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/platform"
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

// issuers are those at which browsers log in, by what all spellings of one have in
// common.
type issuers map[string][]string

// issuersOf gives the issuers of a virtual host; none where they are not all known.
func issuersOf(v *subject.Vhost) issuers {
	out := issuers{}
	f := v.Folder()
	if f == nil {
		if issuer := v.Value("oidcproviderissuer"); issuer != "" {
			out.add(issuer)
		}
		return out
	}
	if f.Err != nil {
		return nil
	}
	for _, e := range f.With("provider") {
		own := e.Doc.Get("issuer").Text()
		if own == "" || platform.MetadataName(own) != platform.MetadataName(e.Issuer) {
			out.add(e.Issuer) // that the file says otherwise is told of the file
		}
		if own != "" {
			out.add(own)
		}
	}
	return out
}

func (i issuers) add(issuer string) {
	key := canonical(issuer)
	i[key] = append(i[key], issuer)
}

func (i issuers) has(issuer string) bool { return slices.Contains(i[canonical(issuer)], issuer) }

// likely gives the issuer that another spelling of it stands for: with or without a
// final slash, http for https, upper case, Keycloak's old /auth; "" for none.
func (i issuers) likely(issuer string) string {
	if same := i[canonical(issuer)]; len(same) > 0 {
		return same[0]
	}
	return ""
}

// names gives the first n issuers by the alphabet.
func (i issuers) names(n int) []string {
	var all []string
	for _, same := range i {
		all = append(all, same...)
	}
	slices.Sort(all)
	return all[:min(n, len(all))]
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
