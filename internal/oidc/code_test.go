package oidc_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/oidc/optest"
	"github.com/fedstone/fedstone/internal/secret"
)

// codeLogin begins a login and waits for it beside the test.
type codeLogin struct {
	*oidc.CodeLogin
	web    *http.Client
	tokens <-chan oidc.Tokens
	failed <-chan error
}

func begun(ctx context.Context, t *testing.T, op *optest.Server, c oidc.Client, opts oidc.CodeOptions) codeLogin {
	t.Helper()
	web, doc := discovered(t, op)
	login, err := oidc.CodeStart(ctx, web, doc, c, []string{"openid"}, opts)
	if err != nil {
		t.Fatal(err)
	}
	tokens, failed := waiting(ctx, login.Wait)
	return codeLogin{login, client(t, op), tokens, failed}
}

func (l codeLogin) end() (oidc.Tokens, error) { return <-l.tokens, <-l.failed }

// callback is where the provider sends the browser back to.
func (l codeLogin) callback(t *testing.T) *url.URL {
	t.Helper()
	resp, err := l.web.Get(l.URL())
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	back, err := resp.Location()
	if err != nil {
		t.Fatalf("%s without a Location", resp.Status)
	}
	return back
}

// get asks the loopback server as a browser would.
func get(t *testing.T, address string) (int, string, http.Header) {
	t.Helper()
	resp, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	text, _ := io.ReadAll(resp.Body)
	return resp.StatusCode, string(text), resp.Header
}

func TestCode(t *testing.T) {
	key := writtenKey(t)
	for name, c := range map[string]oidc.Client{"secret": cli("cli-secret-canary"), "key": {ID: "keyed", Key: key.loaded(t)}} {
		t.Run(name, func(t *testing.T) {
			op := optest.New(t)
			op.ClientKeys = map[string]any{"keyed": key.public}
			login := begun(t.Context(), t, op, c, oidc.CodeOptions{LoginHint: "alice"})
			query := mustURL(t, login.URL()).Query()
			if query.Get("login_hint") != "alice" || query.Get("scope") != "openid" || query.Get("nonce") == "" || len(query.Get("code_challenge")) != 43 {
				t.Errorf("the page's address is %s", login.URL())
			}
			status, text, header := get(t, login.callback(t).String())
			if status != 200 || !strings.Contains(text, "You can close this window") || header.Get("Cache-Control") != "no-store" || header.Get("Referrer-Policy") != "no-referrer" {
				t.Errorf("the last page is %d %v\n%s", status, header, text)
			}
			got, err := login.end()
			expectSubject(t, got, err, "alice")
			if _, err := http.Get("http://" + mustURL(t, query.Get("redirect_uri")).Host); err == nil {
				t.Error("it listens still")
			}
		})
	}
}

func mustURL(t *testing.T, text string) *url.URL {
	t.Helper()
	u, err := url.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// What is not the answer to this login leaves it as it is.
func TestCodeIgnores(t *testing.T) {
	op := optest.New(t)
	login := begun(t.Context(), t, op, cli("cli-secret-canary"), oidc.CodeOptions{})
	right := login.callback(t)
	base := "http://" + right.Host
	other := *right
	other.RawQuery = url.Values{"state": {"another"}, "code": {"c"}, "iss": {op.URL}}.Encode()
	twice := *right
	twice.RawQuery += "&state=another"
	for address, want := range map[string]int{base + "/favicon.ico": 404, base + "/": 404, base + "/callback": 400, other.String(): 400, twice.String(): 400,
		"http://localhost:" + right.Port() + right.RequestURI(): 404} {
		if status, _, _ := get(t, address); status != want {
			t.Errorf("%s: %d, want %d", strings.Replace(address, base, "", 1), status, want)
		}
	}
	if resp, err := http.PostForm(right.String(), nil); err != nil || resp.StatusCode != 405 {
		t.Errorf("POST: %v %v", resp, err)
	}
	if status, _, _ := get(t, right.String()); status != 200 {
		t.Errorf("then the right one: %d", status)
	}
	got, err := login.end()
	expectSubject(t, got, err, "alice")
}

func TestCodeAnswers(t *testing.T) {
	cases := map[string]struct {
		change func(url.Values)
		kind   oidc.Kind
		text   string
	}{
		"refused": {func(v url.Values) {
			v.Del("code")
			v.Set("error", "access_denied")
			v.Set("error_description", "a\x1b[31m")
		}, oidc.GrantRefused, "said no"},
		"wrong flow":     {func(v url.Values) { v.Set("error", "unauthorized_client") }, oidc.GrantRefused, "standard flow"},
		"nothing":        {func(v url.Values) { v.Del("code") }, oidc.Malformed, "neither code nor error"},
		"other issuer":   {func(v url.Values) { v.Set("iss", "https://evil.example.org") }, oidc.IssuerMismatch, "evil.example.org"},
		"no issuer":      {func(v url.Values) { v.Del("iss") }, oidc.IssuerMismatch, "iss"},
		"two codes":      {func(v url.Values) { v.Add("code", "x") }, oidc.Malformed, "twice"},
		"someone's code": {func(v url.Values) { v.Set("code", "code-canary-of-another") }, oidc.GrantRefused, "invalid_grant"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			op := optest.New(t)
			op.Callback = tc.change
			login := begun(t.Context(), t, op, cli("cli-secret-canary"), oidc.CodeOptions{})
			if _, text, _ := get(t, login.callback(t).String()); strings.Contains(text, "canary") || strings.Contains(text, "evil") {
				t.Errorf("the page quotes the answer:\n%s", text)
			}
			_, err := login.end()
			expectError(t, err, tc.kind, tc.text)
			if strings.Contains(err.Error(), "canary") {
				t.Errorf("%q holds the code", err)
			}
		})
	}
}

// An issuer that the provider does not promise may be missing.
func TestCodeWithoutIssuer(t *testing.T) {
	op := optest.New(t)
	delete(op.Document, "authorization_response_iss_parameter_supported")
	op.Callback = func(v url.Values) { v.Del("iss") }
	login := begun(t.Context(), t, op, cli("cli-secret-canary"), oidc.CodeOptions{})
	get(t, login.callback(t).String())
	got, err := login.end()
	expectSubject(t, got, err, "alice")
}

func TestCodeUnanswered(t *testing.T) {
	op := optest.New(t)
	ctx, cancel := context.WithCancel(t.Context())
	login := begun(ctx, t, op, cli("cli-secret-canary"), oidc.CodeOptions{})
	time.AfterFunc(20*time.Millisecond, cancel)
	_, err := login.end()
	expectError(t, err, oidc.Canceled, "interrupted")
	ctx, cancel = context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	login = begun(ctx, t, op, cli("cli-secret-canary"), oidc.CodeOptions{})
	other := login.callback(t)
	other.RawQuery = "state=another&code=c"
	get(t, other.String())
	_, err = login.end()
	expectError(t, err, oidc.Timeout, "another state")
}

// The port can be chosen; one that is taken is told; a login that nobody waits for can be closed.
func TestCodePort(t *testing.T) {
	op := optest.New(t)
	web, doc := discovered(t, op)
	first, err := oidc.CodeStart(t.Context(), web, doc, cli("x"), nil, oidc.CodeOptions{})
	if err != nil {
		t.Fatal(err)
	}
	port := mustURL(t, mustURL(t, first.URL()).Query().Get("redirect_uri")).Port()
	var number int
	_, _ = fmt.Sscan(port, &number)
	if err := first.Close(); err != nil {
		t.Error(err)
	}
	second, err := oidc.CodeStart(t.Context(), web, doc, cli("x"), nil, oidc.CodeOptions{ListenPort: number})
	if err != nil {
		t.Fatal(err)
	}
	defer second.Close()
	_, err = oidc.CodeStart(t.Context(), web, doc, cli("x"), nil, oidc.CodeOptions{ListenPort: number})
	expectError(t, err, oidc.Network, "choose another port")
	if !strings.Contains(second.URL(), url.QueryEscape("http://127.0.0.1:"+port+"/callback")) {
		t.Errorf("it comes back to another port: %s", second.URL())
	}
	if shown := fmt.Sprintf("%+v %#v", second, *second); strings.Contains(shown, mustURL(t, second.URL()).Query().Get("state")) {
		t.Errorf("the login shows its state: %s", shown)
	}
	doc.CodeChallengeMethods = []string{"plain"}
	_, err = oidc.CodeStart(t.Context(), web, doc, oidc.Client{ID: "cli", Secret: secret.New("x")}, nil, oidc.CodeOptions{})
	expectError(t, err, oidc.GrantUnoffered, "S256")
}
