package registration

import (
	"encoding/json"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/spec"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

// shown writes a client's id in a message.
func shown(id string) string { return fmt.Sprintf("%.100q", id) }

// loopback reports whether what follows http:// is a host of the machine itself.
func loopback(rest string) bool {
	host, _, _ := strings.Cut(rest, "/")
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	ip, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return host == "localhost" || err == nil && ip.IsLoopback()
}

// providers are the identity providers of the descriptions at hand.
func providers(p *rule.Pass) []spec.IdentityProvider {
	var out []spec.IdentityProvider
	for _, d := range p.Descriptions {
		if d.Spec != nil {
			out = append(out, d.Spec.IdentityProviders...)
		}
	}
	return out
}

// party reports whether a client is a relying party: as descriptions say, or where there
// is none, any.
func party(p *rule.Pass, id string) bool {
	all := providers(p)
	return len(all) == 0 || slices.ContainsFunc(all, func(idp spec.IdentityProvider) bool { return idp.Client.ID.Value == id })
}

// audiences are what descriptions ask of the tokens of a client.
func audiences(p *rule.Pass, id string) []spec.Text {
	var out []spec.Text
	for _, idp := range providers(p) {
		lists := slices.ContainsFunc(idp.Bearer.Clients, func(t spec.Text) bool { return t.Value == id })
		if lists && idp.Bearer.Audience.Given() && !idp.Without.Audience.Given() {
			out = append(out, idp.Bearer.Audience)
		}
	}
	return out
}

// hasAudience reports whether a mapper puts an audience into access tokens.
func hasAudience(c *subject.Registered, audience string) bool {
	for _, m := range c.Mappers {
		config := m.Get("config")
		named := config.Get("included.client.audience").Text() == audience || config.Get("included.custom.audience").Text() == audience
		if m.Get("protocolMapper").Text() == "oidc-audience-mapper" && named && config.Get("access.token.claim").Text() != "false" {
			return true
		}
	}
	return false
}

// audienceMapper is the mapper as Keycloak's API takes it.
func audienceMapper(audience string) string {
	text, err := json.Marshal(map[string]any{"name": "audience", "protocol": "openid-connect", "protocolMapper": "oidc-audience-mapper",
		"config": map[string]string{"included.custom.audience": audience, "access.token.claim": "true"}})
	if err != nil { // texts alone are given
		return ""
	}
	return string(text)
}

// paths reports whether the rules of a description know groups by their paths.
func paths(p *rule.Pass) bool {
	for _, idp := range providers(p) {
		for _, r := range idp.Rules {
			if slices.ContainsFunc(r.When, namesPath) {
				return true
			}
		}
	}
	return false
}

func namesPath(c spec.Condition) bool {
	return slices.ContainsFunc(c.Values, func(v spec.Text) bool { return strings.HasPrefix(v.Value, "/") })
}
