package oidc_test

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/oidc/optest"
)

const wellKnown = "/.well-known/openid-configuration"

func client(t *testing.T, op *optest.Server, opts ...oidc.ClientOption) *http.Client {
	t.Helper()
	c, err := oidc.NewHTTPClient(op.CAFile, opts...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.CloseIdleConnections)
	return c
}

func TestDiscover(t *testing.T) {
	op := optest.New(t)
	doc, err := oidc.Discover(t.Context(), client(t, op), op.URL)
	if err != nil {
		t.Fatal(err)
	}
	want := &oidc.Document{
		Issuer: op.URL, AuthorizationEndpoint: op.URL + "/authorize", TokenEndpoint: op.URL + "/token",
		JWKSURI: op.URL + "/jwks", RevocationEndpoint: op.URL + "/revoke", DeviceEndpoint: op.URL + "/device",
		GrantTypesSupported:          []string{"authorization_code", "client_credentials", "password", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code"},
		ScopesSupported:              []string{"openid", "profile"},
		ResponseTypesSupported:       []string{"code"},
		TokenAuthAlgorithmsSupported: []string{"RS256", "ES256", "EdDSA"},
		SigningAlgorithmsSupported:   []string{"RS256", "ES256"},
		CodeChallengeMethods:         []string{"S256"},
		NamesIssuer:                  true,
	}
	got := *doc
	got.Raw = nil
	if diff := cmp.Diff(want, &got); diff != "" {
		t.Error(diff)
	}
	if len(doc.Raw) == 0 {
		t.Error("the document's text is not kept")
	}
}

// hostile documents: each is the right one with one change.
func TestParseDocumentRefuses(t *testing.T) {
	const issuer = "https://op.example.org/realms/a"
	base := map[string]string{
		"issuer":                 `"` + issuer + `"`,
		"authorization_endpoint": `"https://op.example.org/auth"`,
		"token_endpoint":         `"https://op.example.org/token"`,
		"jwks_uri":               `"https://op.example.org/jwks"`,
	}
	cases := map[string]struct {
		change map[string]string
		after  string
		kind   oidc.Kind
		text   string
	}{
		"other issuer":        {change: map[string]string{"issuer": `"https://evil.example.org"`}, kind: oidc.IssuerMismatch, text: "evil.example.org"},
		"final slash":         {change: map[string]string{"issuer": `"` + issuer + `/"`}, kind: oidc.IssuerMismatch, text: "final slash"},
		"other case":          {change: map[string]string{"issuer": `"https://OP.example.org/realms/a"`}, kind: oidc.IssuerMismatch},
		"http issuer":         {change: map[string]string{"issuer": `"http://op.example.org/realms/a"`}, kind: oidc.IssuerMismatch},
		"http jwks_uri":       {change: map[string]string{"jwks_uri": `"http://op.example.org/jwks"`}, kind: oidc.NotHTTPS, text: "jwks_uri"},
		"file endpoint":       {change: map[string]string{"token_endpoint": `"file:///etc/passwd"`}, kind: oidc.NotHTTPS},
		"relative endpoint":   {change: map[string]string{"token_endpoint": `"/token"`}, kind: oidc.BadURL},
		"user in endpoint":    {change: map[string]string{"token_endpoint": `"https://u:p@op.example.org/"`}, kind: oidc.BadURL},
		"null endpoint":       {change: map[string]string{"jwks_uri": `null`}, kind: oidc.Malformed, text: "jwks_uri"},
		"list endpoint":       {change: map[string]string{"jwks_uri": `["https://op.example.org/jwks"]`}, kind: oidc.Malformed},
		"missing endpoint":    {change: map[string]string{"jwks_uri": ``}, kind: oidc.Malformed, text: "no \"jwks_uri\""},
		"metadata service":    {change: map[string]string{"jwks_uri": `"https://169.254.169.254/jwks"`}, kind: oidc.Malformed, text: "inside this machine"},
		"loopback endpoint":   {change: map[string]string{"token_endpoint": `"https://localhost/token"`}, kind: oidc.Malformed},
		"duplicate name":      {after: `,"issuer":"` + issuer + `"`, kind: oidc.Malformed, text: "twice"},
		"case variant":        {after: `,"Issuer":"https://evil.example.org"`, kind: oidc.Malformed, text: "case alone"},
		"nested duplicate":    {after: `,"x":{"a":1,"a":2}`, kind: oidc.Malformed, text: "twice"},
		"string for a list":   {after: `,"scopes_supported":"openid"`, kind: oidc.Malformed, text: "scopes_supported"},
		"text for a boolean":  {after: `,"authorization_response_iss_parameter_supported":"true"`, kind: oidc.Malformed, text: "true or false"},
		"http device":         {after: `,"device_authorization_endpoint":"http://op.example.org/d"`, kind: oidc.NotHTTPS, text: "device_authorization_endpoint"},
		"null in a list":      {after: `,"scopes_supported":["openid",null]`, kind: oidc.Malformed},
		"deep nesting":        {after: `,"x":` + strings.Repeat("[", 100) + strings.Repeat("]", 100), kind: oidc.Malformed, text: "deeply"},
		"control in mismatch": {change: map[string]string{"issuer": `"https://x\u001b[31m"`}, kind: oidc.IssuerMismatch, text: `\x1b`},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			members := maps.Clone(base)
			maps.Copy(members, tc.change)
			_, err := oidc.ParseDocument(issuer, []byte(render(members, tc.after)))
			expectError(t, err, tc.kind, tc.text)
		})
	}
}

func render(members map[string]string, after string) string {
	var parts []string
	for name, v := range members {
		if v != "" {
			parts = append(parts, `"`+name+`":`+v)
		}
	}
	return "{" + strings.Join(parts, ",") + after + "}"
}

func expectError(t *testing.T, err error, kind oidc.Kind, text string) {
	t.Helper()
	var typed *oidc.Error
	if !errors.As(err, &typed) {
		t.Fatalf("got %v, want an *oidc.Error of kind %s", err, kind)
	}
	if typed.Kind != kind {
		t.Errorf("kind is %s, want %s: %v", typed.Kind, kind, err)
	}
	if !strings.Contains(err.Error(), text) {
		t.Errorf("%q does not contain %q", err, text)
	}
	if strings.ContainsAny(err.Error(), "\x1b\n\r") {
		t.Errorf("%q holds control characters", err)
	}
}

func TestParseDocumentRefusesOtherTexts(t *testing.T) {
	cases := map[string]struct {
		text string
		kind oidc.Kind
	}{
		"empty":    {"", oidc.NotJSON},
		"html":     {"<html></html>", oidc.NotJSON},
		"list":     {"[]", oidc.NotJSON},
		"null":     {"null", oidc.NotJSON},
		"cut off":  {`{"issuer":"https://a`, oidc.NotJSON},
		"trailing": {`{"issuer":"https://a"} {}`, oidc.Malformed},
		"latin-1":  {"{\"issuer\":\"\xe9\"}", oidc.Malformed},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			_, err := oidc.ParseDocument("https://a", []byte(tc.text))
			expectError(t, err, tc.kind, "")
		})
	}
}

func TestDiscoverFaults(t *testing.T) {
	cases := map[string]struct {
		handler http.HandlerFunc
		kind    oidc.Kind
		text    string
	}{
		"redirect": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "https://login.example.net/x?state=hush", http.StatusFound)
		}, oidc.Redirect, "login.example.net"},
		"ten megabytes": {func(w http.ResponseWriter, _ *http.Request) {
			_, _ = w.Write(make([]byte, 10<<20))
		}, oidc.TooLarge, "1048576"},
		"login page": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			_, _ = w.Write([]byte("<title>Sign in</title>"))
		}, oidc.NotJSON, "Sign in"},
		"not found": {http.NotFound, oidc.Status, "404"},
		"hang up": {func(http.ResponseWriter, *http.Request) {
			panic(http.ErrAbortHandler)
		}, oidc.Network, ""},
		"silence":    {waitForClient, oidc.Timeout, "in time"},
		"slow body":  {slowBody, oidc.Timeout, "in time"},
		"fat header": {fatHeader, oidc.Network, ""},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			op := optest.New(t)
			op.Handle(wellKnown, tc.handler)
			_, err := oidc.Discover(t.Context(), client(t, op, oidc.WithTimeout(500*time.Millisecond)), op.URL)
			expectError(t, err, tc.kind, tc.text)
			if strings.Contains(err.Error(), "hush") {
				t.Errorf("%q shows the query of a redirect", err)
			}
		})
	}
}

func waitForClient(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }

func slowBody(w http.ResponseWriter, r *http.Request) {
	_, _ = w.Write([]byte(`{"issuer":`))
	w.(http.Flusher).Flush()
	<-r.Context().Done()
}

func fatHeader(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("X-Fat", strings.Repeat("a", 1<<20))
}

func TestDiscoverConnections(t *testing.T) {
	op := optest.New(t)
	closed := httptest.NewServer(http.NotFoundHandler())
	plainPort := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(plainPort.Close)
	closed.Close()
	strange, err := oidc.NewHTTPClient("")
	if err != nil {
		t.Fatal(err)
	}
	cases := map[string]struct {
		client *http.Client
		issuer string
		kind   oidc.Kind
		text   string
	}{
		"unknown authority": {strange, op.URL, oidc.Untrusted, "--ca-file"},
		"refused":           {strange, strings.Replace(closed.URL, "http:", "https:", 1), oidc.Refused, ""},
		"plain port":        {strange, strings.Replace(plainPort.URL, "http:", "https:", 1), oidc.TLS, ""},
		"no such name":      {strange, "https://nobody.invalid", oidc.DNS, "nobody.invalid"},
		"http":              {strange, "http://op.example.org", oidc.NotHTTPS, ""},
		"other name":        {client(t, op, oidc.WithAddress("other.test:443", strings.TrimPrefix(op.URL, "https://"))), "https://other.test", oidc.Untrusted, "another host name"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			_, err := oidc.Discover(t.Context(), tc.client, tc.issuer)
			expectError(t, err, tc.kind, tc.text)
		})
	}
}

func TestDiscoverInterrupted(t *testing.T) {
	op := optest.New(t)
	ctx, cancel := context.WithCancel(t.Context())
	op.Handle(wellKnown, func(_ http.ResponseWriter, r *http.Request) { cancel(); <-r.Context().Done() })
	_, err := oidc.Discover(ctx, client(t, op), op.URL)
	expectError(t, err, oidc.Canceled, "")
}

func TestClientRefusesPlainHTTP(t *testing.T) {
	op := optest.New(t)
	_, err := client(t, op).Get("http://localhost:1/?token=hush")
	if oidc.KindOf(err) != oidc.NotHTTPS {
		t.Errorf("got %v, want it refused before a byte leaves", err)
	}
}
