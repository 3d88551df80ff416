package spec

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/pattern"
	"github.com/fedstone/fedstone/internal/platform"
)

const defaultCertificateMapping = "oauth2_mapping" // keystone/conf/oauth2.py

// fill puts the defaults in; o may be nil.
func (o *OAuth2) fill() {
	if o == nil {
		return
	}
	o.Methods = listOr(o.Methods, Text{Value: ClientSecretBasic, At: o.At})
	if o.MTLS != nil {
		o.MTLS.Mapping = o.MTLS.Mapping.or(defaultCertificateMapping, finding.Range{})
	}
	for i := range o.Clients {
		if c := &o.Clients[i]; !c.ByCertificate() {
			c.Grace = c.Grace.or(defaultGrace, finding.Range{})
		}
	}
}

// The first Keystone with each part of the API (release notes of keystone).
const (
	firstIssuing = 22 // zed
	firstMTLS    = 23 // 2023.1
)

func (l *loader) oauth2(f *Federation) {
	o := f.OAuth2
	if o == nil {
		return
	}
	for _, m := range o.Methods {
		l.oneOf("oauth2.methods", m, []string{ClientSecretBasic, TLSClientAuth})
	}
	l.oauth2Release(f)
	l.mtls(f)
	l.oauth2Clients(o)
}

// noOAuth2: a service that speaks Keystone's API has a token endpoint of its own, if any.
func (l *loader) noOAuth2(o *OAuth2) {
	if o != nil {
		l.fail("oauth2-release", o.At, "oauth2 has no meaning on this platform: only Keystone issues tokens at /v3/OS-OAUTH2/token", "delete it")
	}
}

func (l *loader) oauth2Release(f *Federation) {
	o := f.OAuth2
	release, ok := platform.ReleaseByName(f.KeystoneRelease())
	switch {
	case !ok:
	case release.Number < firstIssuing:
		l.fail("oauth2-release", o.At, "Keystone "+release.Name+" issues no OAuth 2.0 tokens; zed was the first to", "delete oauth2, or name the release: keystone: {release: zed}")
	case release.Number < firstMTLS && o.Takes(TLSClientAuth):
		l.fail("oauth2-release", o.At, "Keystone "+release.Name+" knows no tls_client_auth; 2023.1 was the first to", "methods: [client_secret_basic]")
	}
}

// mtls: a method without what it needs, and the other way round. A proxy that ends
// TLS has the certificate, and Keystone never sees it.
func (l *loader) mtls(f *Federation) {
	o, takes := f.OAuth2, f.OAuth2.Takes(TLSClientAuth)
	switch {
	case takes && o.MTLS == nil:
		l.fail("oauth2-mtls", o.At, "oauth2.methods names tls_client_auth, but nothing says whose certificates count", "mtls: {client_ca: /etc/ssl/certs/oauth2-clients.pem, user: {name: CN, domain: O}, issuers: [Clients CA]}")
	case !takes && o.MTLS != nil:
		l.fail("oauth2-mtls", o.MTLS.At, "oauth2.mtls is given, but oauth2.methods does not name tls_client_auth", "methods: [client_secret_basic, tls_client_auth]")
	case takes && f.HTTPD.TLS == nil && f.HTTPD.Layout.Value == "whole":
		l.fail("oauth2-mtls", o.MTLS.At, "tls_client_auth needs TLS to end in httpd, and httpd.tls is not given: what ends TLS in front keeps the client's certificate to itself", "httpd: {tls: {certificate: …, key: …}}")
	}
	if o.MTLS != nil {
		l.targetPath(o.MTLS.ClientCA, "oauth2.mtls.client_ca")
		l.id(o.MTLS.Mapping, "oauth2.mtls.mapping")
		l.certificateMapping(f)
		l.certificateUser(o.MTLS)
	}
}

// certificateMapping: apply gives each identity provider a mapping of its own id.
func (l *loader) certificateMapping(f *Federation) {
	for _, p := range f.IdentityProviders {
		if m := f.OAuth2.MTLS.Mapping; strings.EqualFold(p.ID.Value, m.Value) {
			l.fail("id-taken", m.At, fmt.Sprintf("oauth2.mtls.mapping %s is the mapping of an identity provider", show(m.Value)), "mapping: oauth2_mapping")
		}
	}
}

// subjectPart is a name of RFC 4514 (section 3), or the one that Keystone has besides
// (keystone/common/utils.py, ATTR_NAME_OVERRIDES).
var subjectPart = pattern.Lazy(`^(CN|L|ST|O|OU|C|STREET|DC|UID|emailAddress)$`)

// certificateUser: Keystone compares what the mapping gives, and nothing else. A
// mapping that gives no user lets any certificate of the CA pass for anybody.
func (l *loader) certificateUser(m *MTLS) {
	u := m.User
	if !u.Name.Given() && !u.ID.Given() {
		l.fail("oauth2-user", u.At, "oauth2.mtls.user names neither name nor id: whoever has a certificate of the CA would pass for any user", "user: {name: CN, domain: O}")
	}
	if u.Name.Given() && !u.ID.Given() && !u.Domain.Given() && !u.DomainID.Given() {
		l.fail("oauth2-user", u.Name.At, "oauth2.mtls.user gives the user's name without a domain: another domain's user of that name would be meant as well", "user: {name: CN, domain: O}")
	}
	for _, part := range []Text{u.Name, u.ID, u.Email, u.Domain, u.DomainID} {
		if part.Given() && !subjectPart().MatchString(part.Value) {
			l.fail("unknown-value", part.At, fmt.Sprintf("oauth2.mtls.user %s is no part of a certificate's subject that Keystone names", show(part.Value)), "known: CN, L, ST, O, OU, C, STREET, DC, UID, emailAddress")
		}
	}
	for _, issuer := range m.Issuers {
		l.plainName(issuer, "oauth2.mtls.issuers", 64)
	}
}
