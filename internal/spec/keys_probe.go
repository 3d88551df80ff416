package spec

import "gopkg.in/yaml.v3"

// The tables of keys of `probe:`.

// grantNames are the ways to a token, as probe.grant spells them.
func grantNames() []string {
	return []string{"client_credentials", "password", "device", "code", "refresh", "file", "stdin", "exec"}
}

func (p *IdentityProvider) probe(l *loader, n *yaml.Node) {
	p.Probe = &Probe{}
	object("probe", nil, p.Probe.keys())(l, n)
}

func (p *Probe) keys() []key {
	return []key{
		{"grant", "client_credentials", choice("probe.grant", &p.Grant, grantNames()...)},
		{"client", "", probeClient("probe.client", &p.Client)},
		{"username", "", text("probe.username", &p.Username)},
		{"password", "", secretSource("probe.password", &p.Password)},
		{"refresh_token", "", secretSource("probe.refresh_token", &p.RefreshToken)},
		{"token_file", "", text("probe.token_file", &p.TokenFile)},
		{"token", "", secretSource("probe.token", &p.Token)},
		{"redirect_port", "", number("probe.redirect_port", 0, 65535, &p.RedirectPort)},
		{"scopes", "", texts("probe.scopes", 1, &p.Scopes)},
		{"foreign", "", p.foreign},
		{"user", "", text("probe.user", &p.User)},
		{"project", "", text("probe.project", &p.Project)},
		{"expect", "", p.expect},
		{"must_be_refused", "", p.refused},
	}
}

// probeClient reads a client that probe logs in as: it may also have a key, and a
// public one has nothing.
func probeClient(what string, dst *Client) reader {
	return object(what, nil, dst.probeKeys(what))
}

func (c *Client) probeKeys(what string) []key {
	return append(c.keys(what, false),
		key{"key", "", text("the key of "+what, &c.Key)},
		key{"auth_method", "", choice("auth_method of "+what, &c.AuthMethod, "client_secret_basic", "client_secret_post")})
}

func (p *Probe) foreign(l *loader, n *yaml.Node) {
	p.Foreign = &Client{}
	probeClient("probe.foreign", p.Foreign)(l, n)
}

func (p *Probe) expect(l *loader, n *yaml.Node) {
	p.Expect = &Expect{}
	object("probe.expect", &p.Expect.At, p.Expect.keys())(l, n)
}

func (e *Expect) keys() []key {
	return []key{
		{"user", "", text("probe.expect.user", &e.User)},
		{"domain", "", text("probe.expect.domain", &e.Domain)},
		{"groups", "", textsOrNone("probe.expect.groups", &e.Groups)},
		{"projects", "", textsOrNone("probe.expect.projects", &e.Projects)},
		{"roles", "", textsOrNone("probe.expect.roles", &e.Roles)},
		{"lifetime", "", duration("probe.expect.lifetime", maxLifetime, &e.Lifetime)},
	}
}

// textsOrNone is texts where an empty list has a meaning: it is not nil.
func textsOrNone(what string, dst *[]Text) reader {
	return func(l *loader, n *yaml.Node) {
		texts(what, 0, dst)(l, n)
		if n.Kind == yaml.SequenceNode && *dst == nil {
			*dst = []Text{}
		}
	}
}

func (p *Probe) refused(l *loader, n *yaml.Node) {
	if !l.kind(n, yaml.MappingNode, "probe.must_be_refused") {
		return
	}
	l.atLeastOne(n, "probe.must_be_refused")
	l.pairs(n, "probe.must_be_refused", func(name Text, v *yaml.Node) {
		r := Refused{Name: name}
		object("the refused token "+show(name.Value), &r.At, r.keys())(l, v)
		p.Refused = append(p.Refused, r)
	})
}

func (r *Refused) keys() []key {
	return []key{
		{"client", "", probeClient("the client of a refused token", &r.Client)},
		{"token_file", "", text("the file of a refused token", &r.TokenFile)},
		{"after", "", duration("the wait for a refused token", maxWait, &r.After)},
	}
}
