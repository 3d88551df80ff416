package spec

import (
	"net/url"

	"github.com/fedstone/fedstone/internal/finding"
)

// Default values, where they are not made of another value of the file.
const (
	defaultGatePort = 5051
	defaultInterval = 60
	defaultProtocol = "openid"
	samlProtocol    = "saml2"
)

// or gives t, or the default with the place of what it is made of (if anything).
func (t Text) or(value string, at finding.Range) Text {
	if t.Given() {
		return t
	}
	return Text{Value: value, At: at}
}

// fill puts the defaults where the file says nothing. It runs before the checks,
// so that these see what the writers will see.
func (f *Federation) fill() {
	if f.Service() {
		f.fillService()
	}
	f.HTTPD.fill(f.Keystone.URL)
	f.Browser.fill()
	f.OAuth2.fill()
	for i := range f.IdentityProviders {
		f.IdentityProviders[i].fill()
		if f.IdentityProviders[i].SAML == nil {
			f.IdentityProviders[i].fillVerify(f.HTTPD.Strategy)
		}
	}
}

func (h *HTTPD) fill(keystone Text) {
	h.Layout = h.Layout.or("whole", finding.Range{})
	h.Strategy = h.Strategy.or("auto", finding.Range{})
	h.Cache.Type = h.Cache.Type.or("shm", finding.Range{})
	h.Sessions = h.Sessions.or(SessionsInCache, finding.Range{})
	if h.GatePort == (Number{}) {
		h.GatePort.Value = defaultGatePort
	}
	h.Listen = h.Listen.or(port(keystone.Value), keystone.At)
}

// port gives the port of an https URL, or "" where there is no sense in it.
func port(raw string) string {
	u, err := url.Parse(raw)
	switch {
	case err != nil || raw == "":
		return ""
	case u.Port() == "":
		return "443"
	default:
		return u.Port()
	}
}

func (p *IdentityProvider) fill() {
	p.DisplayName = p.DisplayName.or(p.ID.Value, p.ID.At)
	p.Domain = p.Domain.or(p.ID.Value, p.ID.At)
	if p.SAML != nil {
		p.fillSAML()
		return
	}
	p.Protocol = p.Protocol.or(defaultProtocol, finding.Range{})
	p.Bearer.Token = p.Bearer.Token.or("access", finding.Range{})
	p.Bearer.Audience = p.Bearer.Audience.or(p.Client.ID.Value, p.Client.ID.At)
	p.Bearer.Clients = listOr(p.Bearer.Clients, p.Client.ID)
	p.Scopes = listOr(p.Scopes, Text{Value: "openid"}, Text{Value: "email"}, Text{Value: "profile"})
	if p.Probe != nil {
		p.Probe.fill()
	}
	if p.Register != nil {
		p.Register.fill(p.ID)
	}
}

func (p *IdentityProvider) fillSAML() {
	s := p.SAML
	p.Protocol = p.Protocol.or(samlProtocol, finding.Range{})
	s.SP = s.SP.or(Mellon, finding.Range{})
	s.RemoteID = s.RemoteID.or(s.EntityID.Value, s.EntityID.At)
	s.Key = s.Key.or("saml/"+p.ID.Value+".key", finding.Range{})
	s.Certificate = s.Certificate.or("saml/"+p.ID.Value+".crt", finding.Range{})
	if p.Probe != nil {
		p.Probe.fill()
	}
}

// fillVerify: the strategy introspection asks about the tokens of all providers
// that do not say otherwise, and who says how to ask means to.
func (p *IdentityProvider) fillVerify(strategy Text) {
	b := &p.Bearer
	b.ListsAsJSON = strategy.Value == "mod_oauth2"
	switch {
	case b.Introspection.At != finding.Range{}:
		b.Verify = b.Verify.or(VerifyByIntrospection, b.Introspection.At)
	case strategy.Value == "introspection":
		b.Verify = b.Verify.or(VerifyByIntrospection, strategy.At)
	}
	b.Verify = b.Verify.or(VerifyByKeys, finding.Range{})
	if b.Introspection.Interval == (Number{}) {
		b.Introspection.Interval.Value = defaultInterval
	}
	if !b.Introspection.Client.ID.Given() {
		b.Introspection.Client = p.Client
	}
}

func (p *Probe) fill() {
	if p.Grant.Given() {
		p.Scopes = listOr(p.Scopes, Text{Value: "openid"})
	}
	if !p.User.Given() {
		return
	}
	if p.Expect == nil {
		p.Expect = &Expect{At: p.User.At}
	}
	p.Expect.User = p.Expect.User.or(p.User.Value, p.User.At)
}

func listOr(given []Text, defaults ...Text) []Text {
	if len(given) > 0 {
		return given
	}
	return defaults
}
