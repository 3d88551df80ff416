package spec

import (
	"fmt"
	"slices"

	"gopkg.in/yaml.v3"
)

// The tables of keys of an identity provider that speaks SAML.

// openIDKeys are those of an identity provider that say how it speaks OpenID Connect.
func openIDKeys() []string {
	return []string{"issuer", "metadata", "client", "bearer", "scopes", "without"}
}

func speaksSAML(n *yaml.Node) bool {
	if n.Kind != yaml.MappingNode {
		return false
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == "saml" {
			return true
		}
	}
	return false
}

// reader reads an identity provider by the table of what it speaks.
func (p *IdentityProvider) reader(n *yaml.Node) reader {
	what := "identity provider " + show(p.ID.Value)
	if !speaksSAML(n) {
		return object(what, nil, p.keys())
	}
	table := p.samlKeys()
	for _, k := range new(IdentityProvider).keys() {
		if slices.Contains(openIDKeys(), k.name) {
			table = append(table, key{name: k.name, read: notWithSAML(what, k)})
		}
	}
	return object(what, nil, table)
}

// notWithSAML: an identity provider has one protocol here. The key is read all the same, so that a
// secret in it is known for one.
func notWithSAML(what string, k key) reader {
	return func(l *loader, n *yaml.Node) {
		k.read(l, n)
		l.fail("saml-or-openid", l.src.of(n), fmt.Sprintf("%s has saml and %s, which is a key of OpenID Connect: expected one of the two", what, k.name),
			"give each of the two an identity provider of its own")
	}
}

func (p *IdentityProvider) samlKeys() []key {
	return []key{
		{"display_name", "", text("display_name", &p.DisplayName)},
		{"saml", "{entity_id: https://idp.example.org/saml, metadata: idp.xml}", p.saml},
		{"protocol", "", text("protocol", &p.Protocol)},
		{"domain", "", text("domain", &p.Domain)},
		{"authorization_ttl", "", number("authorization_ttl", 0, 1<<31-1, &p.AuthorizationTTL)},
		{"mapping", "", text("mapping", &p.Mapping)},
		{"rules", "", p.rules},
		{"groups", "", p.groups},
		{"tests", "", p.tests},
		{"probe", "", p.samlProbe},
	}
}

func (p *IdentityProvider) saml(l *loader, n *yaml.Node) {
	p.SAML = &SAML{}
	object("saml", &p.SAML.At, p.SAML.keys())(l, n)
}

func (s *SAML) keys() []key {
	return []key{
		{"entity_id", "https://idp.example.org/saml", text("saml.entity_id", &s.EntityID)},
		{"metadata", "idp.xml", text("saml.metadata", &s.Metadata)},
		{"sp", "", text("saml.sp", &s.SP)},
		{"remote_id", "", text("saml.remote_id", &s.RemoteID)},
		{"key", "", text("saml.key", &s.Key)},
		{"certificate", "", text("saml.certificate", &s.Certificate)},
	}
}

func (p *IdentityProvider) samlProbe(l *loader, n *yaml.Node) {
	p.Probe = &Probe{}
	object("probe", nil, p.Probe.samlKeys())(l, n)
}

// samlKeys are those that a login by ECP, which knows a name and a password alone, takes.
func (p *Probe) samlKeys() []key {
	return []key{
		{"username", "alice", text("probe.username", &p.Username)},
		{"password", "{env: ALICE_PASSWORD}", secretSource("probe.password", &p.Password)},
		{"user", "", text("probe.user", &p.User)},
		{"project", "", text("probe.project", &p.Project)},
		{"expect", "", p.expect},
	}
}
