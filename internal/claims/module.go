package claims

import (
	"errors"
	"fmt"
	"regexp"
	"slices"

	"github.com/fedstone/fedstone/internal/platform"
)

// The modules' names.
const (
	AuthOpenIDC = "mod_auth_openidc"
	OAuth2      = "mod_oauth2"
)

// PassAs says in which form a claim reaches the program.
type PassAs string

// The values of OIDCPassClaimsAs. mod_oauth2 writes them envvars=… and headers=…
// in OAuth2TargetPass; up to liboauth2 2.2 envvars=off counts only where headers=
// stands beside it (oauth2_cfg_target_pass_get_as_envvars).
const (
	Both        PassAs = "both"
	Environment PassAs = "environment"
	Headers     PassAs = "headers"
	Nothing     PassAs = "none"
)

// Encoding says how a value is written before it is passed.
type Encoding string

// The second argument of OIDCPassClaimsAs.
const (
	Raw       Encoding = "none" // UTF-8
	Latin1    Encoding = "latin1"
	Base64URL Encoding = "base64url"
)

// Module is a module of httpd as it is configured. Make one with NewModule; the
// zero Module stands for no module (see Plain).
type Module struct {
	Name    string // mod_auth_openidc or mod_oauth2
	Version string // 2.4.12.3; 3.3.1
	Jansson string // the version of its JSON library, which decides how numbers look

	Prefix     string // OIDCClaimPrefix; prefix= of OAuth2TargetPass
	Delimiter  string // OIDCClaimDelimiter; mod_oauth2 has none
	PassAs     PassAs
	Encoding   Encoding
	RemoteUser string // the claim that gives REMOTE_USER; with @ at its end, the issuer is appended
}

// Flow is how a person's claims reach the module.
type Flow int

// The flows.
const (
	Bearer  Flow = iota // a token in the Authorization header
	Browser             // a login in the browser, mod_auth_openidc alone
)

var version = regexp.MustCompile(`^[0-9]+(\.[0-9]+)*$`)

// NewModule gives a module of a version with that version's defaults, and the JSON
// library that Debian ships beside it. The error names what is unknown.
func NewModule(name, v string, flow Flow) (Module, error) {
	m := Module{Name: name, Version: v, Jansson: "2.14", PassAs: Both, Encoding: Raw, RemoteUser: "sub"}
	if !version.MatchString(v) {
		return Module{}, fmt.Errorf("module version %q is not a version, expected one such as 2.4.12.3", v)
	}
	switch {
	case name == AuthOpenIDC:
		m.Prefix, m.Delimiter = "OIDC_CLAIM_", ","
		m.sinceDefaults(flow)
	case name == OAuth2 && flow == Bearer:
		m.Prefix = "OAUTH2_CLAIM_"
	case name == OAuth2:
		return Module{}, fmt.Errorf("%s takes bearer tokens only, no logins in the browser", name)
	default:
		return Module{}, fmt.Errorf("module %q is unknown, expected %s or %s", name, AuthOpenIDC, OAuth2)
	}
	return m, nil
}

// sinceDefaults are mod_auth_openidc's defaults that came with a version
// (ChangeLog; src/mod_auth_openidc.h).
func (m *Module) sinceDefaults(flow Flow) {
	if m.since("2.4.15") {
		m.Encoding = Latin1
	}
	if m.since("2.4.20") {
		m.Jansson = "2.15.1"
	}
	if flow == Browser {
		m.RemoteUser = "sub@"
	}
}

// DebianVersion is the version of a module in Debian 12.
func DebianVersion(name string) string {
	if name == OAuth2 {
		return "3.3.1"
	}
	return "2.4.12.3"
}

// since reports whether the module is as new as a version.
func (m Module) since(v string) bool { return platform.CompareVersions(m.Version, v) >= 0 }

// Check gives an error where the module of this version would refuse such a
// configuration.
func (m Module) Check() error {
	if !slices.Contains([]PassAs{Both, Environment, Headers, Nothing}, m.PassAs) {
		return fmt.Errorf("claims cannot be passed as %q, expected both, environment, headers or none", m.PassAs)
	}
	if m.Name == OAuth2 {
		return m.checkOAuth2()
	}
	if m.Delimiter == "" {
		return errors.New("the delimiter is empty, which httpd refuses")
	}
	needs := map[Encoding]string{Raw: "0", Base64URL: "2.4.6", Latin1: "2.4.12.1"}
	first, known := needs[m.Encoding]
	if !known {
		return fmt.Errorf("encoding %q is unknown, expected none, latin1 or base64url", m.Encoding)
	}
	if !m.since(first) {
		return fmt.Errorf("%s knows the encoding %s from %s on, not at %s", m.Name, m.Encoding, first, m.Version)
	}
	return nil
}

func (m Module) checkOAuth2() error {
	if m.Encoding != Raw {
		return fmt.Errorf("%s has no encodings", m.Name)
	}
	if m.Delimiter != "" {
		return fmt.Errorf("%s has no delimiter: it passes lists as JSON text", m.Name)
	}
	return nil
}
