package templates

import (
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/mapping"
	"github.com/fedstone/fedstone/internal/pattern"
	"github.com/fedstone/fedstone/internal/spec"
)

// redirectPath is where issuers send browsers back to: under no other Location
// and no path that Keystone serves.
const redirectPath = spec.RedirectPath

// inTree gives a path of the tree as the files name it. Devices are the system's.
func (j *job) inTree(p string) string {
	if p == "" || j.in.Prefix == "" || strings.HasPrefix(p, "/dev/") {
		return p
	}
	return path.Join(j.in.Prefix, p)
}

func (j *job) mainSlots() *slots {
	l, s := j.platform.Layout, newSlots()
	listen := j.listen()
	s.one("Listen", listen)
	s.one("PublicAddress", vhostAddress(listen))
	s.one("ServerName", j.serverName())
	s.one("AccessLog", j.inTree(path.Join(l.LogDir, "keystone_wsgi_access.log")))
	s.one("MetadataDir", j.inTree(l.MetadataDir))
	s.one("RedirectURI", j.redirectURI())
	s.one("RedirectPath", redirectPath)
	s.one("Passphrase", j.derived("public"))
	s.many("ClaimHeaders", j.claimHeaders())
	s.many("IssuerPatterns", j.issuerPatterns())
	j.tlsSlots(s)
	j.guardSlots(s)
	j.loadSlots(s)
	j.processSlots(s)
	j.browserSlots(s)
	j.oauth2Slots(s)
	j.fit.slots(s)
	s.fact("OpenID", len(j.openID.IdentityProviders) > 0)
	s.fact("SAML", len(j.saml.IdentityProviders) > 0)
	s.fact("Shibboleth", j.byShibboleth())
	s.one("ShibbolethFile", j.inTree(j.shibbolethPath()))
	j.sharedSlots(s)
	return s
}

// sharedSlots are those of every vhost.
func (j *job) sharedSlots(s *slots) {
	l := j.platform.Layout
	s.fact("Gate", j.strategy.inner)
	s.fact("OAuth2", j.strategy.OAuth2)
	s.fact("Single", j.strategy.Name == single)
	s.one("GateAddress", net.JoinHostPort("127.0.0.1", fmt.Sprint(j.fed.HTTPD.GatePort.Value)))
	s.one("ErrorLog", j.inTree(l.ErrorLog))
	j.applicationSlots(s)
	s.fact("EnvironmentClaims", !j.fed.HTTPD.Without.EnvironmentClaims.Given())
	j.cacheSlots(s)
	ca := l.CABundle
	if given := j.fed.HTTPD.CABundle.Value; given != "" {
		ca = j.inTree(given)
	}
	if j.fed.HTTPD.CAFile.Given() {
		ca = j.inTree(j.caPlace())
	}
	s.fact("CABundle", ca != "")
	s.one("CABundleFile", ca)
}

func (j *job) tlsSlots(s *slots) {
	tls := j.fed.HTTPD.TLS
	s.fact("TLS", tls != nil)
	var certificate, key string
	if tls != nil {
		certificate, key = j.inTree(tls.Certificate.Value), j.inTree(tls.Key.Value)
	}
	s.one("Certificate", certificate)
	s.one("Key", key)
}

func vhostAddress(listen string) string {
	if strings.Contains(listen, ":") {
		return listen
	}
	return "*:" + listen
}

// serverName is scheme, host and port: behind a proxy that ends TLS, httpd
// learns all three from here alone.
func (j *job) serverName() string {
	u, err := url.Parse(j.fed.Keystone.URL.Value)
	if err != nil {
		return j.fed.Keystone.URL.Value
	}
	if u.Port() == "" {
		return u.Scheme + "://" + u.Host + ":443"
	}
	return u.Scheme + "://" + u.Host
}

func (j *job) redirectURI() string { return j.fed.Keystone.URL.Value + redirectPath }

// passphrases fetches the one that was given, and makes ready what all others
// are derived of (RFC 5869, section 2.2).
func (j *job) passphrases() error {
	given, err := j.secret("httpd.crypto_passphrase", j.fed.HTTPD.CryptoPassphrase)
	if err != nil {
		return err
	}
	j.passphrase, err = hkdf.Extract(sha256.New, []byte(given.Reveal()), nil)
	return errors.Join(err, j.cacheSecret())
}

// derived gives a vhost its own passphrase: two vhosts that shared one would
// share what a common cache says about tokens.
func (j *job) derived(label string) string {
	key, err := hkdf.Expand(sha256.New, j.passphrase, "fedstone vhost "+label, 32)
	if err != nil { // never for 32 bytes
		panic(err)
	}
	return hex.EncodeToString(key)
}

// claimHeaders are the request headers that could be taken for claims. A header
// with other characters than these never reaches an application.
func (j *job) claimHeaders() []string {
	names := []string{"iss", "sub"}
	for _, m := range j.mappings {
		names = append(names, m.Claims()...)
	}
	for i, name := range names {
		names[i] = mapping.Prefix + notInHeaders().ReplaceAllString(name, "-")
	}
	slices.Sort(names)
	return slices.Compact(names)
}

var notInHeaders = pattern.Lazy(`[^A-Za-z0-9-]`)

func (j *job) issuerPatterns() []string {
	var out []string
	for _, idp := range j.openID.IdentityProviders {
		out = append(out, "^"+regexp.QuoteMeta(idp.Issuer.Value)+"$")
	}
	return out
}
