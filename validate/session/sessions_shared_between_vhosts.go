package session

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func sessionsSharedBetweenVhosts() rule.Rule {
	return rule.Rule{
		Slug:     "sessions-shared-between-vhosts",
		Severity: finding.Warning,
		Title:    "a session of one virtual host opens another one with other issuers",
		Why: "A session says who logged in, and the module asks no more. Where two virtual hosts keep sessions in the same place (cookies, or one cache) under one `OIDCCryptoPassphrase`, a browser that logged in at one is logged in at the other, " +
			"although that one knows other issuers: cookies are the host's, not the port's. Only a `Require claim iss:…` still tells them apart.",
		Mend:   "An `OIDCCryptoPassphrase` of its own for each virtual host, and `Require claim iss:…` on its websso paths.",
		Source: "mod_auth_openidc, src/session.c, oidc_session_load; RFC 6265, section 8.5",
		Check: func(p *rule.Pass) {
			first := map[string]*subject.Vhost{}
			for _, v := range hosts(p, party) {
				place := sessionPlace(v)
				if place == "" || v.Main == nil {
					continue
				}
				other := first[place]
				if other == nil {
					first[place] = v
				} else if issuers(v) != issuers(other) && (anyIssuer(v) || anyIssuer(other)) {
					reportShared(p, v, other)
				}
			}
		},
	}
}

func reportShared(p *rule.Pass, v, other *subject.Vhost) {
	p.On(v.Command(passphraseKey), finding.Finding{
		Message: fmt.Sprintf("%s keeps sessions where %s does, under the same passphrase, but knows other issuers: who logged in at one is logged in at both", v.Name(), other.Name()),
		Hint:    "# a value that no other virtual host has: openssl rand -hex 32\nOIDCCryptoPassphrase VALUE",
		Related: []finding.Related{{Message: "the other one", At: other.Command(passphraseKey).At()}},
	}, v, other)
}

// sessionPlace says where a virtual host keeps sessions and under which key, to
// compare it; never to be shown. It is "" for a place of its own.
func sessionPlace(v *subject.Vhost) string {
	place := store(v)
	if place == "" || v.Command(passphraseKey) == nil {
		return ""
	}
	return fmt.Sprintf("%p %q %q", v.Tree, place, v.Value(passphraseKey))
}

// issuers says which issuers a virtual host knows, to compare it.
func issuers(v *subject.Vhost) string {
	return fmt.Sprintf("%q %q %q", v.Value("oidcprovidermetadataurl"), v.Value("oidcproviderissuer"), v.Value("oidcmetadatadir"))
}

// anyIssuer reports whether a session of any issuer opens a websso path.
func anyIssuer(v *subject.Vhost) bool {
	for _, d := range v.Doors() {
		if d.Kind != subject.Callback && d.Browser() && !d.Require().MustClaim("iss") && len(d.Require().Undecided) == 0 {
			return true
		}
	}
	return false
}
