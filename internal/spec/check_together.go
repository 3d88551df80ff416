package spec

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
)

const errorSeverity = finding.Error

// together judges what holds between identity providers.
func (l *loader) together(f *Federation) {
	var ids []Text
	for _, p := range f.IdentityProviders {
		ids = append(ids, p.ID)
	}
	l.collide("id-collision", "identity provider id", ids)
	l.issuers(f.OpenID().IdentityProviders)
	l.domains(f.IdentityProviders)
	l.samlTogether(f)
	for _, p := range f.OpenID().IdentityProviders {
		l.remoteID(p.Issuer, "the issuer", f)
		l.metadataName(p.Issuer)
	}
}

// issuers: mod_auth_openidc names a provider's files by the issuer without its
// scheme and final slash, and Keystone knows it by the remote id, which is
// unique whatever its case in MySQL.
func (l *loader) issuers(all []IdentityProvider) {
	first := map[string]Text{}
	for _, p := range all {
		bare := strings.ToLower(bareIssuer(p.Issuer.Value))
		other, taken := first[bare]
		switch {
		case bare == "":
		case !taken:
			first[bare] = p.Issuer
		case other.Value == p.Issuer.Value:
			l.twice("issuer-twice", finding.Error, p.Issuer.At, other.At, "two identity providers have this issuer", "one identity provider an issuer; use rules to tell its users apart")
		default:
			l.twice("issuer-twins", finding.Error, p.Issuer.At, other.At, fmt.Sprintf("issuer %s differs from another by scheme, case or final slash only: both would have the same metadata file", show(p.Issuer.Value)), "")
		}
	}
}

func bareIssuer(issuer string) string {
	_, rest, found := strings.Cut(issuer, "://")
	if !found {
		rest = issuer
	}
	return strings.TrimRight(rest, "/")
}

// domains: user ids are made of domain and name, so that the same name from a
// second provider of the domain is a conflict (409). It is a warning, since
// providers whose names never meet may share a domain.
func (l *loader) domains(all []IdentityProvider) {
	first := map[string]IdentityProvider{}
	for _, p := range all {
		folded := strings.ToLower(p.Domain.Value)
		other, taken := first[folded]
		// Two domains that are made of ids are the ids' own collision.
		if taken && folded != "" && (p.Domain.At != p.ID.At || other.Domain.At != other.ID.At) {
			l.twice("domain-shared", finding.Warning, p.Domain.At, other.Domain.At,
				fmt.Sprintf("domain %s is shared by two identity providers: a user name that both give can only log in by the one that came first (409 for the other)", show(p.Domain.Value)),
				"give each identity provider a domain of its own")
			continue
		}
		first[folded] = p
	}
}

const maxFileName = 255

// metadataName: the encoded issuer and a suffix must be a file name.
func (l *loader) metadataName(issuer Text) {
	name := url.QueryEscape(bareIssuer(issuer.Value)) + ".provider"
	if len(name) > maxFileName {
		l.fail("issuer-too-long", issuer.At, fmt.Sprintf("the metadata file of this issuer would have a name of %d bytes, expected at most %d", len(name), maxFileName), "")
	}
}
