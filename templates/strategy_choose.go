package templates

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/platform"
	"github.com/fedstone/fedstone/internal/spec"
)

// Choice is the strategy that is rendered, and why.
type Choice struct {
	Strategy   string      `json:"strategy"` // "" where none is possible
	Asked      string      `json:"asked"`    // httpd.strategy: auto, or the name itself
	Why        string      `json:"why"`
	Candidates []Candidate `json:"candidates"`
}

// Candidate is a strategy, weighed.
type Candidate struct {
	Name     string   `json:"name"`
	What     string   `json:"what"`
	Possible bool     `json:"possible"`
	Chosen   bool     `json:"chosen"`
	Why      []string `json:"why"` // for it, where it is chosen; else against it
}

// Choose weighs the strategies for a description on a platform. Documents are the
// discovery documents by provider.
func Choose(fed *spec.Federation, documents map[string]*oidc.Document, p platform.Platform) Choice {
	return situation{fed, documents, p}.choose()
}

func (s situation) choose() Choice {
	c := Choice{Asked: cmp.Or(s.fed.HTTPD.Strategy.Value, auto)}
	name, why := c.Asked, "httpd.strategy names it"
	if c.Asked == auto {
		name, why = s.best()
	}
	for _, one := range Strategies() {
		candidate := s.weigh(one, name, why)
		if candidate.Chosen {
			c.Strategy, c.Why = name, why
		}
		c.Candidates = append(c.Candidates, candidate)
	}
	return c
}

// best is what auto takes: what asks least of the target among what keeps issuers
// apart. mod_oauth2 is never taken unasked: it needs one module more, trusts the
// system's CAs alone, and hands lists on in another form.
func (s situation) best() (name, why string) {
	idps := s.fed.IdentityProviders
	switch {
	case len(idps) > 0 && !slices.ContainsFunc(idps, func(idp spec.IdentityProvider) bool { return !asked(idp) }):
		return introspection, "every identity provider has bearer.verify: introspection"
	case len(idps) == 0:
		return single, "no identity provider speaks OpenID Connect, so that there are no bearer tokens"
	case len(idps) == 1:
		return single, "there is one identity provider, so that no inner vhost is needed"
	}
	return gate, fmt.Sprintf("there are %d identity providers, and it keeps them apart with %s's mod_auth_openidc %s alone", len(idps), s.platform.Title, s.platform.Module)
}

func (s situation) weigh(one Strategy, chosen, why string) Candidate {
	c := Candidate{Name: one.Name, What: one.What}
	for _, o := range one.objects(s) {
		c.Why = append(c.Why, o.why)
	}
	c.Possible = len(c.Why) == 0
	switch {
	case !c.Possible:
	case one.Name == chosen:
		c.Chosen, c.Why = true, []string{why}
	default:
		c.Why = []string{s.lesser(one.Name)}
	}
	return c
}

// lesser says why a strategy that is possible was not taken.
func (s situation) lesser(name string) string {
	if s.fed.HTTPD.Strategy.Value != auto {
		return "possible; httpd.strategy names another"
	}
	return map[string]string{
		gate:          "possible; a loopback port and inner vhosts that one issuer does not need",
		modOAuth2:     "possible; taken only by name: needs a second module, trusts the system's CAs alone, and hands lists on as JSON text",
		single:        "possible; does not ask the issuers, as all of them are meant to be",
		introspection: "possible; one more request to the issuer for each token, which its published keys make needless",
	}[name]
}

// Explain weighs the strategies for a description on its own platform.
func Explain(fed *spec.Federation, documents map[string]*oidc.Document) (Choice, error) {
	p, ok := platform.ByName(fed.Platform.Value)
	if !ok {
		return Choice{}, fmt.Errorf("platform %q is not known", fed.Platform.Value)
	}
	return Choose(fed.OpenID(), documents, fed.Describe(p)), nil
}
