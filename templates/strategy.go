package templates

import (
	"slices"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/platform"
	"github.com/fedstone/fedstone/internal/spec"
)

// Strategy is a way to verify the bearer tokens of issuers behind one public URL.
type Strategy struct {
	Name      string   // as httpd.strategy spells it
	What      string   // where tokens are verified, in one sentence
	Modules   []string // of httpd, besides those of every strategy
	OAuth2    bool     // mod_oauth2 must be one that keeps issuers apart: platform.OAuth2.Isolates
	MaxIssuer int      // how many identity providers it can serve; 0: any number
	inner     bool     // has inner vhosts
	objects   objects
}

// objects gives what speaks against a strategy for a description.
type objects func(situation) []objection

// situation is what a strategy is chosen by.
type situation struct {
	fed       *spec.Federation
	documents map[string]*oidc.Document
	platform  platform.Platform
}

// objection is a reason against a strategy, and the place that it is about.
type objection struct {
	why, mend string
	at        finding.Range
}

// The names of strategies.
const (
	auto          = "auto"
	gate          = "gate"
	modOAuth2     = "mod_oauth2"
	single        = "single"
	introspection = "introspection"
)

// Strategies lists all of them, in the order in which they are explained. The
// slice is the caller's own.
func Strategies() []Strategy {
	return []Strategy{
		{Name: gate, What: "an inner vhost for each issuer, on a loopback port, with mod_auth_openidc", inner: true,
			Modules: []string{"proxy", "proxy_http"}, objects: againstAsking},
		{Name: modOAuth2, What: "one vhost, mod_oauth2 in each Location, with a cache for each issuer",
			Modules: []string{"oauth2"}, OAuth2: true, objects: againstOAuth2},
		{Name: single, What: "one issuer, verified by mod_auth_openidc in the public vhost itself", MaxIssuer: 1, objects: againstSingle},
		{Name: introspection, What: "as gate, and the issuer is asked about every token", inner: true,
			Modules: []string{"proxy", "proxy_http"}, objects: againstIntrospection},
	}
}

// strategyNamed finds a strategy.
func strategyNamed(name string) (Strategy, bool) {
	all := Strategies()
	i := slices.IndexFunc(all, func(s Strategy) bool { return s.Name == name })
	if i < 0 {
		return Strategy{}, false
	}
	return all[i], true
}

// asked reports whether the provider's tokens are verified by asking the issuer.
func asked(idp spec.IdentityProvider) bool {
	return idp.Bearer.Verify.Value == spec.VerifyByIntrospection
}
