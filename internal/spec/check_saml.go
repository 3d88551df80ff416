package spec

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/pattern"
)

func (l *loader) samlProvider(p *IdentityProvider) {
	s := p.SAML
	l.samlProtocol(p.Protocol)
	l.uri(s.EntityID, "saml.entity_id")
	if s.RemoteID.At != s.EntityID.At { // else it is the default, and judged as entity_id
		l.uri(s.RemoteID, "saml.remote_id")
	}
	l.oneOf("saml.sp", s.SP, []string{Mellon, Shibboleth})
	l.samlMetadata(s.Metadata)
	l.localPath(s.Key, "saml.key")
	l.localPath(s.Certificate, "saml.certificate")
	l.anyProvider(p)
	if p.Probe != nil {
		l.name(p.Probe.Project, "probe.project", 64)
		l.expectation(p.Probe)
	}
}

func (l *loader) samlProtocol(t Text) {
	if t.Value != samlProtocol && t.Value != "mapped" {
		l.fail("protocol", t.At, fmt.Sprintf("protocol %s is not for SAML, expected saml2 or mapped", show(t.Value)), "protocol: saml2")
	}
}

// longestURI is what SAML allows an entity id (SAML 2.0 Core, section 8.3.6).
const longestURI = 1024

// uriText is RFC 3986 without what httpd or Keystone's files take for something else.
var uriText = pattern.Lazy(`^[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9._~/?#:@!&()*+,;=%\[\]-]+$`)

// uri: entity ids are compared as texts, byte by byte.
func (l *loader) uri(t Text, what string) {
	switch {
	case !t.Given():
	case len(t.Value) > longestURI:
		l.fail("entity-id", t.At, fmt.Sprintf("%s has %d characters, SAML allows %d", what, len(t.Value), longestURI), "")
	case !uriText().MatchString(t.Value):
		l.fail("entity-id", t.At, fmt.Sprintf("%s %s is no URI, expected what the identity provider's metadata has as entityID", what, show(t.Value)), "entity_id: https://idp.example.org/saml")
	}
}

// samlMetadata: what holds :// is not the name of a file.
func (l *loader) samlMetadata(t Text) {
	if strings.Contains(t.Value, "://") {
		l.url(t, "saml.metadata", anyPath)
		return
	}
	l.localPath(t, "saml.metadata")
}

// samlPlatforms are those whose httpd's files are fedstone's own.
func samlPlatforms() []string {
	return []string{"debian-11", "debian-12", "debian-13", "debian-testing", "el9", "plain"}
}

// samlTogether judges what holds between SAML identity providers and all others.
func (l *loader) samlTogether(f *Federation) {
	saml := f.SAML().IdentityProviders
	for _, p := range saml {
		l.remoteID(p.SAML.RemoteID, "the remote id", f)
		if f.Platform.Given() && !slices.Contains(samlPlatforms(), f.Platform.Value) {
			l.fail("saml-platform", p.SAML.At, fmt.Sprintf("platform %s writes httpd's configuration itself and knows no SAML from this file, expected one of %s", show(f.Platform.Value), strings.Join(samlPlatforms(), ", ")),
				"platform: plain")
		}
	}
	if len(saml) > 0 {
		l.oneServiceProvider(f, saml)
		l.remoteIDs(f.IdentityProviders)
		l.protocols(f)
	}
}

// remoteIDs: Keystone gives a remote id to one identity provider only.
func (l *loader) remoteIDs(all []IdentityProvider) {
	first := map[string]Text{}
	for _, p := range all {
		id, folded := p.RemoteID(), strings.ToLower(p.RemoteID().Value)
		if other, taken := first[folded]; taken && p.SAML != nil && folded != "" {
			l.twice("remote-id-twice", finding.Error, id.At, other.At, fmt.Sprintf("the remote id %s is that of another identity provider, and Keystone gives it to one only", show(id.Value)),
				"say in saml what Keystone is to know this one by: remote_id: urn:"+p.ID.Value)
			continue
		}
		first[folded] = id
	}
}

// protocols: keystone.conf says for each protocol where the remote id is found, and SAML's lies
// elsewhere than that of OpenID Connect.
func (l *loader) protocols(f *Federation) {
	for _, s := range f.SAML().IdentityProviders {
		for _, o := range f.OpenID().IdentityProviders {
			if s.Protocol.Value == o.Protocol.Value {
				l.fail("protocol", s.Protocol.At, fmt.Sprintf("protocol %s is that of %s too, which speaks OpenID Connect: Keystone looks for the remote id of a protocol in one place", show(s.Protocol.Value), show(o.ID.Value)), "protocol: saml2")
			}
		}
	}
}

// oneServiceProvider: Keystone looks for the remote id of a protocol in one place, which each of the two
// programs calls otherwise. Shibboleth's own files, account and module are known of Debian alone.
func (l *loader) oneServiceProvider(f *Federation, saml []IdentityProvider) {
	for _, p := range saml {
		if p.SAML.SP.Value != saml[0].SAML.SP.Value {
			l.fail("saml-sp", placeOr(p.SAML.SP.At, p.SAML.At), fmt.Sprintf("saml.sp of %s is %s and that of %s is %s: httpd has one service provider for all", show(saml[0].ID.Value), saml[0].SAML.SP.Value, show(p.ID.Value), p.SAML.SP.Value),
				"sp: "+saml[0].SAML.SP.Value)
		}
		if p.ByShibboleth() && f.Platform.Given() && !strings.HasPrefix(f.Platform.Value, "debian-") {
			l.fail("saml-sp", p.SAML.SP.At, fmt.Sprintf("saml.sp is shibboleth, whose files and account are known of Debian's package alone, and the platform is %s", show(f.Platform.Value)), "sp: "+Mellon)
		}
	}
}

func placeOr(first, second finding.Range) finding.Range {
	if first.Start.Known() {
		return first
	}
	return second
}
