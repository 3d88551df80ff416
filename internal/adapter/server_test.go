package adapter_test

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/adapter"
	"github.com/fedstone/fedstone/internal/register"
	"github.com/fedstone/fedstone/internal/secret"
)

func basic(id, given string) string {
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(id+":"+given))
}

var right = basic("zync", password)

// TestRegistrar: a client is made, read, changed and taken away by register's own
// client of the API; the file holds it with mode 0600, and the log no secret.
func TestRegistrar(t *testing.T) {
	r := serve(t)
	a, ctx := r.registrar(t), t.Context()
	want := register.Registration{ID: "key/stone", Name: "Keystone", Secret: secret.New("client-canary"), RedirectURIs: []string{"https://k/b", "https://k/a"}, Grants: []string{"authorization_code"}}
	_, _, err := a.Read(ctx, want.ID, register.Handle{})
	if !errors.Is(err, register.ErrNotFound) {
		t.Fatal(err)
	}
	if _, _, err = a.Create(ctx, want); err != nil {
		t.Fatal(err)
	}
	want.Name = "Other"
	if _, _, err = a.Update(ctx, want, register.Handle{}); err != nil {
		t.Fatal(err)
	}
	got, _, err := a.Read(ctx, want.ID, register.Handle{})
	if err != nil || got.Name != "Other" || got.Secret.Reveal() != "client-canary" || cmp.Diff([]string{"https://k/a", "https://k/b"}, got.RedirectURIs) != "" {
		t.Errorf("%+v, %v", got, err)
	}
	if info, err := os.Stat(r.file); err != nil || info.Mode().Perm() != fs.FileMode(0o600) {
		t.Error(info.Mode(), err)
	}
	if err := a.Delete(ctx, want.ID, register.Handle{}); err != nil {
		t.Error(err)
	}
	if err := a.Delete(ctx, want.ID, register.Handle{}); err != nil {
		t.Error("what is gone already:", err)
	}
	r.end()
	log := r.log.String()
	if strings.Contains(log, "canary") || strings.Count(log, "\n") != 8 || !strings.Contains(log, "PUT /clients/key%2Fstone 201") {
		t.Error(log)
	}
}

// TestAnswers goes through what the server refuses, and what it says then.
func TestAnswers(t *testing.T) {
	r := serve(t)
	r.ask(t, asked{"PUT", "/clients/there", "application/json", right, `{"client_secret": "client-canary"}`})
	put := func(body string) asked { return asked{"PUT", "/clients/new", "application/json", right, body} }
	cases := map[string]struct {
		asked  asked
		status int
		says   string
	}{
		"nobody":                       {asked{"GET", "/clients/there", "", "", ""}, 401, "invalid_token"},
		"a wrong secret":               {asked{"GET", "/clients/there", "", basic("zync", "x"), ""}, 401, "invalid_token"},
		"an unknown account":           {asked{"GET", "/clients/there", "", basic("other", ""), ""}, 401, "invalid_token"},
		"a false token":                {asked{"GET", "/clients/there", "", "Bearer x", ""}, 401, "invalid_token"},
		"read":                         {asked{"GET", "/clients/there", "", right, ""}, 200, "client_id"},
		"unknown":                      {asked{"GET", "/clients/lost", "", right, ""}, 404, "not_found"},
		"another method":               {asked{"PATCH", "/clients/there", "", right, ""}, 405, "invalid_request"},
		"another path":                 {asked{"GET", "/clients", "", right, ""}, 404, "not_found"},
		"a folder":                     {asked{"PUT", "/clients/%2e%2e", "application/json", right, "{}"}, 404, "not_found"},
		"an id with a slash":           {asked{"PUT", "/clients/a%2Fb", "application/json", right, "{}"}, 201, "a/b"},
		"an id with a line feed":       {asked{"PUT", "/clients/a%0Ab", "application/json", right, "{}"}, 400, "client_id"},
		"no JSON":                      {put("client_id=new"), 400, "invalid_client_metadata"},
		"a form":                       {asked{"PUT", "/clients/new", "application/x-www-form-urlencoded", right, "{}"}, 415, "application/json"},
		"a name twice":                 {put(`{"client_name": "a", "client_name": "b"}`), 400, "each name once"},
		"another type":                 {put(`{"client_secret": ["canary"]}`), 400, "another type"},
		"another id":                   {put(`{"client_id": "there"}`), 400, "another than that of the address"},
		"implicit":                     {put(`{"grant_types": ["implicit"]}`), 400, "grant_types"},
		"a wildcard":                   {put(`{"redirect_uris": ["https://k/*"]}`), 400, "invalid_redirect_uri"},
		"http":                         {put(`{"redirect_uris": ["http://k/"]}`), 400, "invalid_redirect_uri"},
		"http that looks like ours":    {put(`{"redirect_uris": ["http://localhost.evil.example/"]}`), 400, "invalid_redirect_uri"},
		"a script":                     {put(`{"redirect_uris": ["javascript://k/"]}`), 400, "invalid_redirect_uri"},
		"a fragment":                   {put(`{"redirect_uris": ["https://k/#x"]}`), 400, "invalid_redirect_uri"},
		"a user":                       {put(`{"redirect_uris": ["https://a@k/"]}`), 400, "invalid_redirect_uri"},
		"http on loopback":             {put(`{"redirect_uris": ["http://127.0.0.1/x", "http://[::1]:80/", "http://localhost/"]}`), 201, "127.0.0.1"},
		"a control character":          {put(`{"client_name": "a\u001bb"}`), 400, "control character"},
		"too long":                     {put(`{"client_name": "` + strings.Repeat("x", 70000) + `"}`), 413, "too long"},
		"deep":                         {put(`{"x": ` + strings.Repeat("[", 5000) + strings.Repeat("]", 5000) + `}`), 400, "invalid_client_metadata"},
		"a token without an account":   {asked{"POST", "/token", "application/x-www-form-urlencoded", "", "grant_type=client_credentials"}, 401, "invalid_client"},
		"a token of another grant":     {asked{"POST", "/token", "application/x-www-form-urlencoded", basic("zync", url.QueryEscape(password)), "grant_type=password"}, 400, "unsupported_grant_type"},
		"discovery":                    {asked{"GET", "/.well-known/openid-configuration", "", "", ""}, 200, r.url + "/token"},
		"a path that would be cleaned": {asked{"GET", "//clients/there", "", right, ""}, 404, "not_found"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			got := r.ask(t, c.asked)
			if got.status != c.status || !strings.Contains(got.body, c.says) {
				t.Errorf("%d %s, want %d and %s", got.status, got.body, c.status, c.says)
			}
			if !json.Valid([]byte(got.body)) || got.head.Get("Cache-Control") != "no-store" {
				t.Errorf("%v %s", got.head, got.body)
			}
			if got.status >= 400 && strings.Contains(got.body, "canary") {
				t.Error("a refusal repeats what may be a secret")
			}
		})
	}
}

// TestSecretStays: a change that names no secret leaves the one that there is.
func TestSecretStays(t *testing.T) {
	r := serve(t)
	for _, body := range []string{`{"client_secret": "client-canary"}`, `{"client_name": "other"}`} {
		r.ask(t, asked{"PUT", "/clients/a", "application/json", right, body})
	}
	if got := r.ask(t, asked{"GET", "/clients/a", "", right, ""}); !strings.Contains(got.body, "client-canary") || !strings.Contains(got.body, "other") {
		t.Error(got.body)
	}
}

// TestFileRefuses: what is no store stays as it is.
func TestFileRefuses(t *testing.T) {
	dir := t.TempDir()
	for name, c := range map[string]struct {
		text string
		mode fs.FileMode
		want string
	}{
		"open":  {"{}", 0o640, "expected a regular file of yours with mode 0600"},
		"other": {"[]", 0o600, "expected a JSON object"},
	} {
		path := dir + "/" + name
		if err := os.WriteFile(path, []byte(c.text), c.mode); err != nil {
			t.Fatal(err)
		}
		if _, err := adapter.OpenFile(path); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
		if text, _ := os.ReadFile(path); string(text) != c.text {
			t.Errorf("%s has become %s", name, text)
		}
	}
}

// TestFolderRefuses: a server that could keep no client does not begin.
func TestFolderRefuses(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(dir+"/file", nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		dir + "/lost/store": "lost: no such file or directory",
		dir + "/file/store": "file: not a directory",
	} {
		if _, err := adapter.OpenFile(path); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// TestReadAccounts: who may change clients is read from a file of one's own; no error
// holds a line.
func TestReadAccounts(t *testing.T) {
	dir := t.TempDir()
	for text, want := range map[string]string{
		"# all\n\na:x-canary\nb:c:d\n": "",
		"a-canary\n":                   ":1:1: expected ID:SECRET",
		"a:x\n:y-canary\n":             ":2:1: expected ID:SECRET",
		"a:\n":                         ":1:1: expected ID:SECRET",
		"# none\n":                     "names nobody",
		strings.Repeat("a", 70000):     "is longer than",
	} {
		path := dir + "/accounts"
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		got, err := adapter.ReadAccounts(path)
		switch {
		case want == "" && (err != nil || got["b"].Reveal() != "c:d"):
			t.Error(got, err)
		case want != "" && (err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "canary")):
			t.Errorf("%v, want %s", err, want)
		}
	}
}
