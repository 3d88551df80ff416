package spec

import (
	"fmt"

	"gopkg.in/yaml.v3"
)

// The tables of keys: the whole form of federation.yaml, one table a mapping.

func federation(f *Federation) reader {
	return func(l *loader, n *yaml.Node) {
		l.iam = ofService(n)
		object("the file", nil, l.needed(f.keys(), "httpd", "{crypto_passphrase: {file: secrets/passphrase}}"))(l, n)
		if l.iam {
			l.noMeaning(n, "")
		}
	}
}

func (f *Federation) keys() []key {
	return []key{
		{"version", "1", version},
		{"keystone", "{url: https://keystone.example.org:5000}", object("keystone", nil, f.Keystone.keys())},
		{"platform", "debian-12", text("platform", &f.Platform)},
		{"plain", "", f.plain},
		{"httpd", "", object("httpd", nil, f.HTTPD.keys())},
		{"browser", "", object("browser", nil, f.Browser.keys())},
		{"identity_providers", "{corp: {issuer: https://sso.example.org}}", f.providers},
		{"oauth2", "", f.oauth2},
		{"controllers", "", f.controllers},
	}
}

func (k *Keystone) keys() []key {
	return []key{
		{"url", "https://keystone.example.org:5000", text("keystone.url", &k.URL)},
		{"release", "", word("keystone.release", &k.Release)},
		{"dashboards", "", texts("keystone.dashboards", 0, &k.Dashboards)},
		{"ca_file", "", text("keystone.ca_file", &k.CAFile)},
		{"owner", "", text("keystone.owner", &k.Owner)},
	}
}

func (h *HTTPD) keys() []key {
	return []key{
		{"layout", "", choice("httpd.layout", &h.Layout, "whole", "include", "merge")},
		{"strategy", "", choice("httpd.strategy", &h.Strategy, "auto", "gate", "mod_oauth2", "single", "introspection")},
		{"listen", "", word("httpd.listen", &h.Listen)},
		{"uwsgi", "", text("httpd.uwsgi", &h.UWSGI)},
		{"gate_port", "", number("httpd.gate_port", 1, 65535, &h.GatePort)},
		{"tls", "", h.tls},
		{"ca_bundle", "", text("httpd.ca_bundle", &h.CABundle)},
		{"ca_file", "", text("httpd.ca_file", &h.CAFile)},
		{"crypto_passphrase", "{file: secrets/passphrase}", secretSource("httpd.crypto_passphrase", &h.CryptoPassphrase)},
		{"cache", "", object("httpd.cache", nil, h.Cache.keys())},
		{"without", "", object("httpd.without", nil, h.Without.keys())},
		{"sessions", "", choice("httpd.sessions", &h.Sessions, SessionsInCache, SessionsInCookie)},
	}
}

func (h *HTTPD) tls(l *loader, n *yaml.Node) {
	h.TLS = &TLS{}
	object("httpd.tls", nil, h.TLS.keys())(l, n)
}

func (t *TLS) keys() []key {
	return []key{
		{"certificate", "/etc/ssl/certs/keystone.pem", text("httpd.tls.certificate", &t.Certificate)},
		{"key", "/etc/ssl/private/keystone.key", text("httpd.tls.key", &t.Key)},
	}
}

func (c *Cache) keys() []key {
	return []key{
		{"type", "memcache", choice("httpd.cache.type", &c.Type, "shm", "memcache", "redis")},
		{"servers", "", texts("httpd.cache.servers", 1, &c.Servers)},
		{"password", "", secretSource("httpd.cache.password", &c.Password)},
	}
}

func (f *Federation) controllers(l *loader, n *yaml.Node) {
	if !l.kind(n, yaml.MappingNode, "controllers") {
		return
	}
	l.atLeastOne(n, "controllers")
	l.pairs(n, "controllers", func(name Text, v *yaml.Node) {
		c := Controller{Name: name}
		text("the address of a controller", &c.Address)(l, v)
		f.Controllers = append(f.Controllers, c)
	})
}

func (l *loader) atLeastOne(n *yaml.Node, what string) {
	if len(n.Content) == 0 {
		l.fail("empty-value", l.src.of(n), what+" is empty, expected at least one", "")
	}
}

func (f *Federation) providers(l *loader, n *yaml.Node) {
	if !l.kind(n, yaml.MappingNode, "identity_providers") {
		return
	}
	l.atLeastOne(n, "identity_providers")
	l.pairs(n, "identity_providers", func(id Text, v *yaml.Node) {
		p := IdentityProvider{ID: id}
		p.reader(v)(l, v)
		f.IdentityProviders = append(f.IdentityProviders, p)
	})
}

func (p *IdentityProvider) keys() []key {
	return []key{
		{"display_name", "", text("display_name", &p.DisplayName)},
		{"issuer", "https://sso.example.org/realms/corp", text("issuer", &p.Issuer)},
		{"metadata", "", text("metadata", &p.Metadata)},
		{"protocol", "", text("protocol", &p.Protocol)},
		{"client", "{id: keystone, secret: {env: CORP_CLIENT_SECRET}}", p.client},
		{"bearer", "", object("bearer", nil, p.Bearer.keys())},
		{"scopes", "", texts("scopes", 1, &p.Scopes)},
		{"domain", "", text("domain", &p.Domain)},
		{"authorization_ttl", "", number("authorization_ttl", 0, 1<<31-1, &p.AuthorizationTTL)},
		{"mapping", "", text("mapping", &p.Mapping)},
		{"rules", "", p.rules},
		{"groups", "", p.groups},
		{"tests", "", p.tests},
		{"probe", "", p.probe},
		{"register", "", p.register},
		{"without", "", object("without", nil, p.Without.keys())},
		{"iam", "", object("iam", &p.IAM.At, p.IAM.keys())},
	}
}

// client has a secret, but where nobody acts on its behalf: a cloud's identity
// service only looks at the id.
func (p *IdentityProvider) client(l *loader, n *yaml.Node) {
	object("client", nil, l.needed(p.Client.keys("client", false), "secret", "{env: CLIENT_SECRET}"))(l, n)
}

func (b *Bearer) keys() []key {
	return []key{
		{"token", "", choice("bearer.token", &b.Token, "access", "id", "both")},
		{"audience", "", text("bearer.audience", &b.Audience)},
		{"clients", "", texts("bearer.clients", 1, &b.Clients)},
		{"client_claim", "", text("bearer.client_claim", &b.ClientClaim)},
		{"verify", "", choice("bearer.verify", &b.Verify, VerifyByKeys, VerifyByIntrospection)},
		{"introspection", "", object("bearer.introspection", &b.Introspection.At, b.Introspection.keys())},
	}
}

func (i *Introspection) keys() []key {
	return []key{
		{"endpoint", "", text("bearer.introspection.endpoint", &i.Endpoint)},
		{"client", "", client("bearer.introspection.client", &i.Client, true)},
		{"interval", "", number("bearer.introspection.interval", 0, 86400, &i.Interval)},
	}
}

func (p *IdentityProvider) groups(l *loader, n *yaml.Node) {
	if !l.kind(n, yaml.MappingNode, "groups") {
		return
	}
	l.pairs(n, "groups", func(name Text, v *yaml.Node) {
		g := Group{Name: name, At: name.At}
		if v.ShortTag() != "!!null" { // `readers:` is a group without roles
			grants(fmt.Sprintf("group %s", show(name.Value)), 0, "project", &g.Grants)(l, v)
		}
		p.Groups = append(p.Groups, g)
	})
}

// grants reads a list of {PROJECTKEY: name, roles: [...]}: a rule calls the
// project `name`, a group calls it `project`.
func grants(what string, least int, projectKey string, dst *[]Grant) reader {
	return func(l *loader, n *yaml.Node) {
		l.items(n, what, least, func(item *yaml.Node) {
			var g Grant
			object("a grant of "+what, &g.At, g.keys(projectKey))(l, item)
			*dst = append(*dst, g)
		})
	}
}

func (g *Grant) keys(projectKey string) []key {
	return []key{
		{projectKey, "demo", text(projectKey, &g.Project)},
		{"roles", "[member]", texts("roles", 1, &g.Roles)},
	}
}
