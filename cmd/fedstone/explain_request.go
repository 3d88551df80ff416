package main

import (
	"cmp"
	"net/http"
	"net/url"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/curl"
	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/pattern"
	"github.com/fedstone/fedstone/internal/spec"
	"github.com/fedstone/fedstone/probe/symptom"
)

// asked is what a person says of the request.
type asked struct {
	method string
	url    string // or path; "" = not said
	bearer symptom.Bearer
	sent   http.Header // nil: not known
}

const requestForm = "expected such as \"POST /v3/OS-FEDERATION/identity_providers/corp/protocols/openid/auth\", or a URL"

// requestOf reads --request, --token-sent and --no-token.
func requestOf(c *cli.Context) (a asked, err error) {
	switch {
	case c.Bool("token-sent") && c.Bool("no-token"):
		return a, usageError("--token-sent and --no-token: give one of them, or none where it is not known")
	case c.Bool("token-sent"):
		a.bearer = symptom.BearerSent
	case c.Bool("no-token"):
		a.bearer = symptom.BearerNone
	}
	words := strings.Fields(c.String("request"))
	if len(words) == 2 {
		a.method, words = words[0], words[1:]
	}
	if c.IsSet("request") && (len(words) != 1 || !methodLike(a.method) || !addressLike(words[0])) {
		return a, usageError("--request is not a method and a path: %s", requestForm)
	}
	a.url = strings.Join(words, "")
	if given, ok := c.Generic("header").(*wholeValues); ok {
		a.sent, err = headersOf(*given)
	}
	return a, err
}

// wholeValues are a flag's values as they are given: the flag package's own slice parts each
// at its commas.
type wholeValues []string

// String is for the flag package: there is no default.
func (l *wholeValues) String() string { return "" }

// Set takes one.
func (l *wholeValues) Set(text string) error {
	*l = append(*l, text)
	return nil
}

// headersOf reads what --header gives; nil where it is not given.
func headersOf(given []string) (sent http.Header, err error) {
	for _, text := range given {
		name, value, found := strings.Cut(text, ":")
		if name = strings.TrimSpace(name); !found || name == "" {
			return nil, usageError("--header is no header: expected such as \"Accept: application/json\"")
		}
		if sent == nil {
			sent = http.Header{}
		}
		sent.Add(name, strings.TrimSpace(value))
	}
	return sent, nil
}

// heed takes what curl -v has told, where nobody has said otherwise.
func (a *asked) heed(sent curl.Request) {
	if sent.Header == nil {
		return
	}
	if a.url == "" {
		a.method, a.url = sent.Method, "https://"+sent.Header.Get("Host")+sent.Target
	}
	if a.sent == nil {
		a.sent = sent.Header
	}
	if a.bearer == "" {
		a.bearer = symptom.BearerNone
		if strings.HasPrefix(sent.Header.Get("Authorization"), "Bearer ") {
			a.bearer = symptom.BearerSent
		}
	}
}

func methodLike(word string) bool { return strings.Trim(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" }

func addressLike(text string) bool {
	u, err := url.Parse(text)
	return err == nil && (strings.HasPrefix(text, "/") || u.Host != "" && (u.Scheme == "https" || u.Scheme == "http"))
}

// told gives the request for the report, without what lets anybody in; "" = not
// said.
func (a asked) told() string {
	return strings.TrimSpace(a.method + " " + curl.Address(a.url))
}

// followed gives the host to which curl -L has gone on, away from what was asked.
func followed(all []curl.Response, a asked) string {
	if len(all) < 2 || !all[len(all)-2].Redirects() {
		return ""
	}
	host := answerOf(all[len(all)-2]).RedirectHost()
	if u, err := url.Parse(a.url); err == nil && u.Host == host {
		return ""
	}
	return host
}

// asker are the names by which causes and mends are told.
type asker struct {
	symptom.Names
	dashboard string
	saml      map[string]string // names of SAML; nil: the provider is not known to speak it
}

// namesFor takes the names from the description, where there is one, and from the
// request. Words in capitals stand for what nobody says.
func namesFor(c *cli.Context, a asked) (asker, error) {
	n := asker{symptom.Names{
		IDP: "IDP", Protocol: "openid", Issuer: "ISSUER", Keystone: "https://KEYSTONE", Audience: "AUDIENCE", Clients: []string{"CLIENT"}, Domain: "DOMAIN",
	}, "https://DASHBOARD/auth/websso/", nil}
	fed, err := describedBy(c)
	if err != nil {
		return n, err
	}
	path := pathParts().FindStringSubmatch(a.url)
	if fed != nil {
		n.describe(fed, path)
	}
	if path != nil {
		n.IDP, n.Protocol = path[1], path[2]
	}
	if u, err := url.Parse(a.url); err == nil && u.Host != "" {
		before, _, _ := strings.Cut(u.Path, "/v3")
		n.Keystone = u.Scheme + "://" + u.Host + strings.TrimRight(before, "/")
	}
	return n, nil
}

// describedBy reads the description. One that was not named may be missing or wrong.
func describedBy(c *cli.Context) (*spec.Federation, error) {
	if c.IsSet("file") {
		return loadFederation(c)
	}
	fed, _, list, err := spec.ReadFile(c.String("file"), strings.NewReader(""))
	if err != nil || list.HasErrors() {
		return nil, nil
	}
	return fed, nil
}

// describe takes the names of the provider that was asked; of the only one, where
// none was.
func (n *asker) describe(fed *spec.Federation, path []string) {
	n.Keystone = keystone.CanonicalURL(fed.Keystone.URL.Value)
	if all := fed.Keystone.Dashboards; len(all) > 0 {
		n.dashboard = strings.TrimRight(all[0].Value, "/") + "/auth/websso/"
	}
	for i := range fed.IdentityProviders {
		p := &fed.IdentityProviders[i]
		if path == nil && len(fed.IdentityProviders) == 1 || path != nil && p.ID.Value == path[1] {
			n.provider(*p)
			n.samlOf(fed, p)
		}
	}
}

// samlOf takes the names of a provider that speaks SAML.
func (n *asker) samlOf(fed *spec.Federation, p *spec.IdentityProvider) {
	if p.SAML != nil {
		n.saml = map[string]string{
			"sp": fed.ServiceProvider(p), "endpoints": p.Endpoints(), "entity": p.SAML.EntityID.Value, "metadata": p.SAML.Metadata.Value,
		}
	}
}

func (n *asker) provider(p spec.IdentityProvider) {
	n.IDP, n.Protocol, n.Issuer = p.ID.Value, p.Protocol.Value, p.Issuer.Value
	n.Audience = cmp.Or(p.Bearer.Audience.Value, p.Client.ID.Value)
	n.Domain, n.TokenKind, n.Clients = p.Domain.Value, p.Bearer.Token.Value, nil
	for _, client := range p.Bearer.Clients {
		n.Clients = append(n.Clients, client.Value)
	}
}

var pathParts = pattern.Lazy(`/OS-FEDERATION/identity_providers/([^/?#]+)/protocols/([^/?#]+)`)
