package spec

import (
	"slices"
	"time"

	"gopkg.in/yaml.v3"

	"github.com/fedstone/fedstone/internal/finding"
)

// OAuth2 says how Keystone itself issues OAuth 2.0 access tokens, at
// POST /v3/OS-OAUTH2/token, for the grant client_credentials (RFC 6749, 4.4).
type OAuth2 struct {
	Methods []Text // of ClientSecretBasic and TLSClientAuth; default: the first
	MTLS    *MTLS  // nil: no client shows a certificate
	Clients []OAuth2Client
	At      finding.Range
}

// The ways in which a client shows who it is, as keystone.conf names them
// (keystone/conf/oauth2.py, oauth2_authn_methods).
const (
	ClientSecretBasic = "client_secret_basic"
	TLSClientAuth     = "tls_client_auth"
)

// Takes reports whether a method is switched on; none is where there is no
// authorization server.
func (o *OAuth2) Takes(method string) bool {
	return o != nil && slices.ContainsFunc(o.Methods, func(t Text) bool { return t.Value == method })
}

// MTLS says whose certificates count, and which user a certificate stands for.
type MTLS struct {
	ClientCA Text            // on the target: PEM file of the CAs of clients' certificates
	Mapping  Text            // id of the mapping in Keystone; default oauth2_mapping
	User     CertificateUser // what of the certificate's subject names the user
	Issuers  []Text          // common names of the CAs that may; never empty
	At       finding.Range
}

// CertificateUser names parts of a certificate's subject, such as CN or UID. Keystone
// compares each with the user whose id the client gives; "" = it is not compared.
type CertificateUser struct {
	Name     Text
	ID       Text
	Email    Text
	Domain   Text // the part that is the name of the user's domain
	DomainID Text
	At       finding.Range
}

// OAuth2Client is an application credential that apply makes and rotates, or a user
// who shows a certificate; it has either Cloud or User.
type OAuth2Client struct {
	Name  Text
	Cloud Text   // entry of clouds.yaml: the user and the project of the application credential
	Roles []Text // of it; nil: all that the user has on the project
	// SecretFile is the local file that receives the id and the secret.
	SecretFile Text
	Lifetime   Text // see Lives; "" = the credential never expires
	Renew      Text // see RenewedBefore; default: a quarter of the lifetime
	Grace      Text // see KeptFor; default 24h

	User        Text // id of the user that the certificate stands for
	Certificate Text // local PEM files; for the probe alone
	Key         Text
	Service     Text // URL of a service behind keystonemiddleware, where the probe uses the token; "" = none
	At          finding.Range
}

// Bounds of an application credential's life.
const (
	defaultGrace = "24h"
	maxLife      = 10 * 366 * 24 * time.Hour
)

// ByCertificate reports whether the client shows a certificate.
func (c *OAuth2Client) ByCertificate() bool { return c.User.Given() }

// Lives is how long an application credential holds; 0: for ever.
func (c *OAuth2Client) Lives() time.Duration { return span(c.Lifetime) }

// RenewedBefore is how long before its end a new one is made.
func (c *OAuth2Client) RenewedBefore() time.Duration {
	if c.Renew.Given() {
		return span(c.Renew)
	}
	return c.Lives() / 4
}

// KeptFor is how long an application credential stays after another took its place.
func (c *OAuth2Client) KeptFor() time.Duration { return span(c.Grace) }

func (f *Federation) oauth2(l *loader, n *yaml.Node) {
	f.OAuth2 = &OAuth2{}
	object("oauth2", &f.OAuth2.At, f.OAuth2.keys())(l, n)
}

func (o *OAuth2) keys() []key {
	return []key{
		{"methods", "", texts("oauth2.methods", 1, &o.Methods)},
		{"mtls", "", o.mtls},
		{"clients", "", o.clients},
	}
}

func (o *OAuth2) mtls(l *loader, n *yaml.Node) {
	o.MTLS = &MTLS{}
	object("oauth2.mtls", &o.MTLS.At, o.MTLS.keys())(l, n)
}

func (m *MTLS) keys() []key {
	return []key{
		{"client_ca", "/etc/ssl/certs/oauth2-clients.pem", text("oauth2.mtls.client_ca", &m.ClientCA)},
		{"mapping", "", text("oauth2.mtls.mapping", &m.Mapping)},
		{"user", "{name: CN, domain: O}", object("oauth2.mtls.user", &m.User.At, m.User.keys())},
		{"issuers", "[Clients CA]", texts("oauth2.mtls.issuers", 1, &m.Issuers)},
	}
}

func (u *CertificateUser) keys() []key {
	return []key{
		{"name", "", text("oauth2.mtls.user.name", &u.Name)},
		{"id", "", text("oauth2.mtls.user.id", &u.ID)},
		{"email", "", text("oauth2.mtls.user.email", &u.Email)},
		{"domain", "", text("oauth2.mtls.user.domain", &u.Domain)},
		{"domain_id", "", text("oauth2.mtls.user.domain_id", &u.DomainID)},
	}
}

func (o *OAuth2) clients(l *loader, n *yaml.Node) {
	if !l.kind(n, yaml.MappingNode, "oauth2.clients") {
		return
	}
	l.atLeastOne(n, "oauth2.clients")
	l.pairs(n, "oauth2.clients", func(name Text, v *yaml.Node) {
		c := OAuth2Client{Name: name}
		object("oauth2 client "+show(name.Value), &c.At, c.keys())(l, v)
		o.Clients = append(o.Clients, c)
	})
}

func (c *OAuth2Client) keys() []key {
	return []key{
		{"cloud", "", text("cloud", &c.Cloud)},
		{"roles", "", texts("roles", 1, &c.Roles)},
		{"secret_file", "", text("secret_file", &c.SecretFile)},
		{"lifetime", "", duration("lifetime", maxLife, &c.Lifetime)},
		{"renew", "", duration("renew", maxLife, &c.Renew)},
		{"grace", "", duration("grace", maxLife, &c.Grace)},
		{"user", "", text("user", &c.User)},
		{"certificate", "", text("certificate", &c.Certificate)},
		{"key", "", text("key", &c.Key)},
		{"service", "", text("service", &c.Service)},
	}
}
