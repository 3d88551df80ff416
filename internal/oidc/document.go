package oidc

import (
	"encoding/json"
	"fmt"
	"net/netip"
	"net/url"
	"strings"
)

// Document is an OpenID Provider's discovery document (OpenID Connect Discovery
// 1.0, section 3). Endpoints are https URLs or, where the provider has none, "".
// Lists that are absent are nil. Raw is the text it was read from.
type Document struct {
	Issuer                string
	AuthorizationEndpoint string
	TokenEndpoint         string
	JWKSURI               string
	UserinfoEndpoint      string
	RevocationEndpoint    string
	IntrospectionEndpoint string
	EndSessionEndpoint    string
	DeviceEndpoint        string

	GrantTypesSupported       []string
	ScopesSupported           []string
	ClaimsSupported           []string
	ResponseTypesSupported    []string
	TokenAuthMethodsSupported []string
	// TokenAuthAlgorithmsSupported are those of client assertions (private_key_jwt).
	TokenAuthAlgorithmsSupported []string
	SigningAlgorithmsSupported   []string
	CodeChallengeMethods         []string
	// NamesIssuer: authorization answers carry `iss` (RFC 9207 section 3). Absent is false.
	NamesIssuer bool

	Raw json.RawMessage
}

// ParseDocument reads a discovery document and holds it against issuer, byte
// for byte. Errors are *Error values: NotJSON, Malformed, IssuerMismatch,
// NotHTTPS.
func ParseDocument(issuer string, raw []byte) (*Document, error) {
	at := WellKnown(issuer)
	members, err := ParseObject(raw)
	if err != nil {
		return nil, placed(at, err)
	}
	doc := &Document{Raw: json.RawMessage(raw)}
	if err := doc.fill(members); err != nil {
		return nil, placed(at, err)
	}
	if doc.Issuer != issuer {
		return nil, mismatch(at, doc.Issuer, issuer)
	}
	return doc, placed(at, doc.checkEndpoints())
}

// WellKnown gives the place of an issuer's discovery document (section 4).
func WellKnown(issuer string) string {
	return strings.TrimSuffix(issuer, "/") + "/.well-known/openid-configuration"
}

func (d *Document) fill(o Object) error {
	for _, f := range d.endpoints() {
		text, err := o.Text(f.name)
		if err != nil {
			return err
		}
		*f.value = text
	}
	for _, f := range d.lists() {
		list, err := o.Texts(f.name)
		if err != nil {
			return err
		}
		*f.value = list
	}
	var err error
	d.NamesIssuer, err = o.Truth("authorization_response_iss_parameter_supported")
	return err
}

type field[T any] struct {
	name     string
	value    *T
	required bool
}

func (d *Document) endpoints() []field[string] {
	return []field[string]{
		{"issuer", &d.Issuer, true},
		{"authorization_endpoint", &d.AuthorizationEndpoint, true},
		{"token_endpoint", &d.TokenEndpoint, true},
		{"jwks_uri", &d.JWKSURI, true},
		{"userinfo_endpoint", &d.UserinfoEndpoint, false},
		{"revocation_endpoint", &d.RevocationEndpoint, false},
		{"introspection_endpoint", &d.IntrospectionEndpoint, false},
		{"end_session_endpoint", &d.EndSessionEndpoint, false},
		{"device_authorization_endpoint", &d.DeviceEndpoint, false},
	}
}

func (d *Document) lists() []field[[]string] {
	return []field[[]string]{
		{name: "grant_types_supported", value: &d.GrantTypesSupported},
		{name: "scopes_supported", value: &d.ScopesSupported},
		{name: "claims_supported", value: &d.ClaimsSupported},
		{name: "response_types_supported", value: &d.ResponseTypesSupported},
		{name: "token_endpoint_auth_methods_supported", value: &d.TokenAuthMethodsSupported},
		{name: "token_endpoint_auth_signing_alg_values_supported", value: &d.TokenAuthAlgorithmsSupported},
		{name: "id_token_signing_alg_values_supported", value: &d.SigningAlgorithmsSupported},
		{name: "code_challenge_methods_supported", value: &d.CodeChallengeMethods},
	}
}

func (d *Document) checkEndpoints() error {
	for _, f := range d.endpoints() {
		if *f.value == "" {
			if f.required {
				return malformed("", fmt.Sprintf("the document has no %q", f.name), "an https URL")
			}
			continue
		}
		if err := checkEndpoint(f.name, *f.value, d.Issuer); err != nil {
			return err
		}
	}
	return nil
}

func checkEndpoint(name, text, issuer string) error {
	u, err := httpsURL(text)
	if err != nil {
		err.Got = name + " " + err.Got
		return err
	}
	own, _ := url.Parse(issuer)
	if own != nil && u.Hostname() != own.Hostname() && inward(u.Hostname()) {
		return malformed("", fmt.Sprintf("%s points at %s, inside this machine or network", name, u.Hostname()), "a host of the issuer's")
	}
	return nil
}

// inward tells hosts that a public issuer has no reason to name: requests to
// them would be made with this machine's rights.
func inward(host string) bool {
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && (ip.IsLoopback() || ip.IsPrivate() || ip.IsLinkLocalUnicast() || ip.IsUnspecified())
}

func httpsURL(text string) (*url.URL, *Error) {
	u, err := url.Parse(text)
	switch {
	case err != nil || u.Host == "" && u.Scheme == "":
		return nil, &Error{Kind: BadURL, Got: fmt.Sprintf("%.200q is not a URL", text), Want: "an https URL"}
	case u.Scheme != "https":
		return nil, &Error{Kind: NotHTTPS, Got: fmt.Sprintf("%.200q is not https", text), Want: "an https URL", Mend: "have the provider publish https URLs (its public host name or proxy settings)"}
	case u.Host == "" || u.User != nil || u.Fragment != "" || u.Opaque != "":
		return nil, &Error{Kind: BadURL, Got: fmt.Sprintf("%.200q has no host, or holds a user or a fragment", u.Redacted()), Want: "a plain https URL"}
	}
	return u, nil
}

func mismatch(at, got, want string) error {
	e := &Error{Kind: IssuerMismatch, At: at, Got: fmt.Sprintf("the document's issuer is %.300q", got), Want: fmt.Sprintf("%q, byte for byte", want)}
	e.Mend = fmt.Sprintf("write `issuer: %s`, if that is the provider you mean", Excerpt(got, 300))
	if strings.TrimSuffix(got, "/") == strings.TrimSuffix(want, "/") {
		e.Mend = fmt.Sprintf("they differ by the final slash alone: write `issuer: %s`", got)
	}
	return e
}

// placed puts the place into an *Error that has none yet. It keeps nil nil.
func placed(at string, err error) error {
	if e, ok := err.(*Error); ok && e.At == "" {
		e.At = at
	}
	return err
}
