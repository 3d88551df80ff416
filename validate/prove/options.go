package prove

import "net/http"

// Option changes how a fixture is run.
type Option func(*settings)

type settings struct {
	modules, without []string
	logLevel         string
	replace          []string
	issuers          Issuers
	real             []string
}

// Issuers change what the issuers of the test process say. The zero value changes nothing; each function gets the
// issuer's URL and what is about to be sent, and may change it.
type Issuers struct {
	Discovery     func(issuer string, document map[string]any)
	IDToken       func(issuer string, claims Claims)
	UserInfo      func(issuer string, claims Claims)
	Introspection func(issuer string, answer Claims)
	// Instead answers a request itself and says so; what it leaves alone is answered as usual.
	Instead func(w http.ResponseWriter, r *http.Request) bool
}

// Modules loads more modules, named without mod_: "auth_basic".
func Modules(names ...string) Option {
	return func(s *settings) { s.modules = append(s.modules, names...) }
}

// Without leaves modules out that a site's file finds loaded otherwise.
func Without(names ...string) Option {
	return func(s *settings) { s.without = append(s.without, names...) }
}

// LogLevel sets the main server's LogLevel, in place of the configuration's: "auth_openidc:debug".
func LogLevel(level string) Option { return func(s *settings) { s.logLevel = level } }

// Replace changes text of httpd's files before they run, pair by pair: what one fixture shows for many values.
func Replace(oldNew ...string) Option {
	return func(s *settings) { s.replace = append(s.replace, oldNew...) }
}

// WithIssuers changes what the issuers say.
func WithIssuers(i Issuers) Option { return func(s *settings) { s.issuers = i } }

// RealIssuer has the lab's OpenID Provider (node oidc-provider) answer at an issuer without a path, such as
// https://op1.example.org, in place of the one in the test process. Its client keystone has the redirect URI and the
// secret that the fixture gives; the test is skipped as labtest.Require does where the provider is not prepared.
func RealIssuer(issuer string) Option {
	return func(s *settings) { s.real = append(s.real, issuer) }
}
