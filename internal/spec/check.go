package spec

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
)

// check judges a Federation after its defaults are filled. A value that is
// missing was reported already; every check passes over it.
func (l *loader) check(f *Federation) {
	l.keystone(f)
	if f.Service() {
		l.service(f)
	} else {
		l.target(f)
	}
	for i := range f.IdentityProviders {
		if p := &f.IdentityProviders[i]; p.SAML != nil {
			l.samlProvider(p)
		} else {
			l.provider(p)
		}
	}
	l.together(f)
}

// target judges what a Keystone has around it.
func (l *loader) target(f *Federation) {
	l.httpd(f)
	l.controllers(f.Controllers)
	l.browser(f)
	l.oauth2(f)
	for _, p := range f.OpenID().IdentityProviders {
		l.protocol(p.Protocol)
		l.noService(p)
	}
}

func (l *loader) keystone(f *Federation) {
	l.keystoneURL(f.Keystone.URL)
	for _, d := range f.Keystone.Dashboards {
		l.url(d, "dashboard", noFinalSlash)
	}
	l.localPath(f.Keystone.CAFile, "keystone.ca_file")
	l.release(f.Keystone.Release)
	if f.Keystone.Owner.Given() {
		l.id(f.Keystone.Owner, "keystone.owner")
	}
	l.platform(f.Platform)
}

// keystoneURL lets the URL be copied from a catalog in the message that refuses
// it: what has to go is said.
func (l *loader) keystoneURL(t Text) {
	if base, ok := strings.CutSuffix(strings.TrimRight(t.Value, "/"), "/v3"); ok {
		l.fail("keystone-url", t.At, "keystone.url ends in /v3, which is implied", "url: "+base)
		return
	}
	l.url(t, "keystone.url", noFinalSlash)
}

func (l *loader) provider(p *IdentityProvider) {
	l.url(p.Issuer, "issuer", anyPath)
	l.localPath(p.Metadata, "metadata")
	l.scopes(p.Scopes, "scopes", true)
	l.clientID(p.Client.ID, "client.id")
	l.bearer(p)
	l.anyProvider(p)
	l.probe(p)
	l.registration(p)
}

// anyProvider is what holds whatever a provider speaks.
func (l *loader) anyProvider(p *IdentityProvider) {
	l.id(p.ID, "identity provider id")
	l.name(p.Domain, "domain", 64)
	l.name(p.DisplayName, "display_name", 255)
	l.localPath(p.Mapping, "mapping")
	l.mappingOrRules(p)
	l.ruleSet(p)
	l.groupSet(p.Groups)
}

// protocol: the id of a protocol is the name of an authentication method, and
// Keystone ships drivers for few (pyproject.toml, entry points keystone.auth.*).
func (l *loader) protocol(t Text) {
	switch t.Value {
	case "openid", "mapped", "":
	case "saml2", "x509":
		l.fail("protocol", t.At, fmt.Sprintf("protocol %q is not for OpenID Connect, expected openid or mapped; an identity provider that speaks SAML has saml in the place of issuer", t.Value), "protocol: openid")
	default:
		l.fail("protocol", t.At, fmt.Sprintf("protocol %s: Keystone has no authentication driver of that name, expected openid or mapped", show(t.Value)), "protocol: openid")
	}
}

// scopes: RFC 6749 section 3.3.
func (l *loader) scopes(list []Text, what string, openid bool) {
	has := false
	for _, s := range list {
		has = has || s.Value == "openid"
		if strings.ContainsFunc(s.Value, func(r rune) bool { return r <= ' ' || r > '~' || r == '"' || r == '\\' }) {
			l.fail("scope", s.At, fmt.Sprintf("%s: %s is not one scope (RFC 6749 section 3.3)", what, show(s.Value)), "one item a scope")
		}
	}
	if openid && !has && len(list) > 0 {
		l.fail("scope", list[0].At, what+" lacks openid, without which the issuer gives no ID token", "scopes: [openid, email, profile]")
	}
}

// clientID: RFC 6749 appendix A.1 allows printable ASCII.
func (l *loader) clientID(t Text, what string) {
	if strings.ContainsFunc(t.Value, func(r rune) bool { return r < ' ' || r > '~' }) {
		l.fail("client-id", t.At, fmt.Sprintf("%s %s has characters outside printable ASCII (RFC 6749 appendix A.1)", what, show(t.Value)), "")
	}
}

func (l *loader) bearer(p *IdentityProvider) {
	for _, c := range p.Bearer.Clients {
		if c.At != p.Client.ID.At { // else it is the default, and judged as client.id
			l.clientID(c, "bearer.clients")
		}
	}
	if _, variable := Variable(p.Bearer.ClientClaim.Value); variable {
		l.fail("claim-name", p.Bearer.ClientClaim.At, "bearer.client_claim is a variable, expected the name of a claim", "client_claim: azp")
	} else if p.Bearer.ClientClaim.Given() {
		l.claim(p.Bearer.ClientClaim)
	}
	l.introspection(p.Bearer)
}

// introspection: RFC 7662 speaks of access tokens (and refresh tokens, which no
// API takes); of an ID token an issuer need not know anything.
func (l *loader) introspection(b Bearer) {
	how := b.Introspection
	if how.At != (finding.Range{}) {
		l.url(how.Endpoint, "bearer.introspection.endpoint", anyPath)
		l.clientID(how.Client.ID, "bearer.introspection.client.id")
	}
	switch {
	case b.Verify.Value == VerifyByKeys && how.At != finding.Range{}:
		l.fail("introspection-unused", how.At, "bearer.introspection says how to ask the issuer, and bearer.verify is keys: nobody asks", "verify: introspection")
	case b.Verify.Value == VerifyByIntrospection && b.Token.Value != "access":
		l.fail("introspection-token", b.Token.At, fmt.Sprintf("bearer.token is %s: an issuer is asked about access tokens alone (RFC 7662), expected access, or bearer.verify: keys", b.Token.Value), "verify: keys")
	}
}

func (l *loader) mappingOrRules(p *IdentityProvider) {
	what := "identity provider " + show(p.ID.Value)
	switch {
	case p.Mapping.Given() && len(p.Rules) > 0:
		l.fail("mapping-or-rules", p.Mapping.At, what+" has both mapping and rules, expected one of them", "delete one")
	case !p.Mapping.Given() && len(p.Rules) == 0 && !l.failedAbout("rules", "mapping"):
		l.fail("mapping-or-rules", p.ID.At, what+" has neither rules nor mapping: nobody could log in",
			"rules:\n  - user: {name: \"{preferred_username}\"}")
	}
}

// failedAbout reports whether a value was refused before, so that its absence is
// not reported again.
func (l *loader) failedAbout(names ...string) bool {
	for _, f := range l.list {
		for _, name := range names {
			if strings.HasPrefix(f.Message, name+" is ") || strings.HasPrefix(f.Message, name+" has ") {
				return true
			}
		}
	}
	return false
}

// failedAt reports whether something was refused at just this place.
func (l *loader) failedAt(at finding.Range) bool {
	return slices.ContainsFunc(l.list, func(f finding.Finding) bool { return f.At == at })
}

// twice reports the second of two things that must differ.
func (l *loader) twice(slug string, severity finding.Severity, at, first finding.Range, message, hint string) {
	l.add(finding.Finding{Slug: slug, Severity: severity, At: at, Message: message, Hint: hint,
		Related: []finding.Related{{Message: "the first one is here", At: first}}})
}
