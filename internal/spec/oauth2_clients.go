package spec

import (
	"fmt"
	"path"
	"time"
)

func (l *loader) oauth2Clients(o *OAuth2) {
	var names []Text
	files := map[string]Text{}
	for i := range o.Clients {
		c := &o.Clients[i]
		names = append(names, c.Name)
		l.oauth2Client(o, c)
		if !c.SecretFile.Given() {
			continue
		}
		if first, taken := files[path.Clean(c.SecretFile.Value)]; taken {
			l.twice("oauth2-file", errorSeverity, c.SecretFile.At, first.At, "two clients would write their secrets into this file", "give each a file of its own")
		}
		files[path.Clean(c.SecretFile.Value)] = c.SecretFile
	}
	l.collide("oauth2-collision", "oauth2 client", names)
}

func (l *loader) oauth2Client(o *OAuth2, c *OAuth2Client) {
	l.id(c.Name, "oauth2 client")
	if c.Service.Given() {
		l.url(c.Service, "service", anyPath)
	}
	what := "oauth2 client " + show(c.Name.Value)
	switch {
	case c.Cloud.Given() == c.User.Given():
		l.fail("oauth2-client", c.At, what+" needs exactly one of cloud (an application credential that apply makes) and user (who shows a certificate)", "{cloud: backup, secret_file: secrets/backup.env}")
	case c.ByCertificate():
		l.certificateClient(o, c, what)
	default:
		l.credentialClient(o, c, what)
	}
}

// certificateClient: nothing is made for it, and nothing rotated.
func (l *loader) certificateClient(o *OAuth2, c *OAuth2Client, what string) {
	if !o.Takes(TLSClientAuth) {
		l.fail("oauth2-client", c.User.At, what+" shows a certificate, but oauth2.methods does not name tls_client_auth", "methods: [client_secret_basic, tls_client_auth]")
	}
	l.id(c.User, "the user of "+what)
	l.localPath(c.Certificate, "certificate")
	l.localPath(c.Key, "key")
	if c.Certificate.Given() != c.Key.Given() {
		l.fail("oauth2-client", c.At, what+" has one of certificate and key, expected both or none", "{certificate: certs/edge.pem, key: certs/edge.key}")
	}
	for _, other := range []Text{c.SecretFile, c.Lifetime, c.Renew, c.Grace} {
		l.notOf(other, what, "an application credential, and this one shows a certificate")
	}
	if len(c.Roles) > 0 {
		l.notOf(c.Roles[0], what, "an application credential; who shows a certificate has the roles of the user")
	}
}

func (l *loader) credentialClient(o *OAuth2, c *OAuth2Client, what string) {
	if !o.Takes(ClientSecretBasic) {
		l.fail("oauth2-client", c.Cloud.At, what+" has a secret, but oauth2.methods does not name client_secret_basic", "methods: [client_secret_basic]")
	}
	if !c.SecretFile.Given() {
		l.fail("missing-key", c.At, what+" lacks the key \"secret_file\"", "secret_file: secrets/"+c.Name.Value+".env")
	}
	l.localPath(c.SecretFile, "secret_file")
	for _, r := range c.Roles {
		l.name(r, "role", 255)
	}
	for _, other := range []Text{c.Certificate, c.Key} {
		l.notOf(other, what, "a client with a certificate, and this one has a secret")
	}
	l.renewal(c, what)
}

func (l *loader) notOf(t Text, what, of string) {
	if t.Given() {
		l.fail("oauth2-client", t.At, fmt.Sprintf("%s: %s is of %s", what, show(t.Value), of), "delete the key")
	}
}

// renewal: a credential is renewed while it still holds, and the old one ends by
// itself at the latest.
func (l *loader) renewal(c *OAuth2Client, what string) {
	switch {
	case c.Renew.Given() && !c.Lifetime.Given():
		l.fail("oauth2-renew", c.Renew.At, what+" has renew without lifetime: it never expires", "lifetime: 2160h")
	case c.Lifetime.Given() && c.RenewedBefore() >= c.Lives():
		l.fail("oauth2-renew", c.Renew.At, fmt.Sprintf("%s would be renewed %s before its end, but lives for %s only: every apply would make a new one", what, c.RenewedBefore(), c.Lives()), "renew: "+(c.Lives()/4).Round(time.Second).String())
	}
}
