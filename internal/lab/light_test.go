package lab

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestLight(t *testing.T) {
	l := up(t, Options{Light: true})
	if got := adminLogin(t, l); got != http.StatusCreated {
		t.Errorf("the administrator's password login: %d, want 201", got)
	}
	checkIssuer(t, l, l.Issuers[0], "client_id")
	t.Run("code with PKCE", func(t *testing.T) { checkCode(t, l, l.Issuers[0]) })
	t.Run("secrets", func(t *testing.T) { checkSecretFiles(t, l); checkNoSecretLeaks(t, l) })
	t.Run("status", func(t *testing.T) { checkStatus(t, l) })
	t.Run("reload", func(t *testing.T) { checkReload(t, l) })
	t.Run("another lab beside it", func(t *testing.T) {
		other := up(t, Options{Light: true})
		if adminLogin(t, l) != 201 || adminLogin(t, other) != 201 {
			t.Error("two labs do not answer side by side")
		}
	})
	t.Run("down", func(t *testing.T) { checkDown(t, l) })
}

// checkCode walks the relying party's login as a browser would.
func checkCode(t *testing.T, l *Lab, issuer Issuer) {
	c := mustClient(t, l)
	document := getJSON(t, c, issuer.URL+"/.well-known/openid-configuration")
	verifier := strings.Repeat("v", 43)
	sum := sha256.Sum256([]byte(verifier))
	query := url.Values{"client_id": {"keystone"}, "response_type": {"code"}, "scope": {"openid profile email groups"}, "redirect_uri": {l.redirectURI()}, "state": {"s"}, "nonce": {"n"},
		"code_challenge": {base64.RawURLEncoding.EncodeToString(sum[:])}, "code_challenge_method": {"S256"}}
	page := follow(t, c, document["authorization_endpoint"].(string)+"?"+query.Encode(), l.redirectURI())
	req, _ := http.NewRequest(http.MethodPost, page, strings.NewReader(url.Values{"username": {"bob"}, "password": {"wrong"}}.Encode()))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if status, _, body := send(t, c, req); status != 401 || !strings.Contains(string(body), `name="password"`) {
		t.Fatalf("a wrong password: %d, want 401 and the form again", status)
	}
	form := url.Values{"username": {"bob"}, "password": {l.mustSecret(t, "campus-user-bob")}}.Encode()
	req, _ = http.NewRequest(http.MethodPost, page, strings.NewReader(form))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	_, header, _ := send(t, c, req)
	back, err := url.Parse(follow(t, c, header.Get("Location"), l.redirectURI()))
	if err != nil || back.Query().Get("code") == "" {
		t.Fatalf("came back to %v without a code", back)
	}
	status, got := grant(t, l, issuer, "keystone", url.Values{"grant_type": {"authorization_code"}, "code": {back.Query().Get("code")}, "redirect_uri": {l.redirectURI()}, "code_verifier": {verifier}})
	if status != 200 || claims(t, got["id_token"])["preferred_username"] != "bob" {
		t.Fatalf("the code's tokens: %d %v", status, got["error"])
	}
	checkUserinfo(t, c, document["userinfo_endpoint"].(string), got["access_token"].(string))
}

func checkUserinfo(t *testing.T, c *http.Client, endpoint, token string) {
	req, _ := http.NewRequest(http.MethodGet, endpoint, nil)
	req.Header.Set("Authorization", "Bearer "+token)
	status, _, body := send(t, c, req)
	got := map[string]any{}
	if err := json.Unmarshal(body, &got); err != nil || status != 200 || got["preferred_username"] != "bob" || len(got["groups"].([]any)) != 1 {
		t.Errorf("userinfo: %d %s", status, body)
	}
}

// follow follows redirects until a page (its address) or the address end, whose query it keeps.
func follow(t *testing.T, c *http.Client, address, end string) string {
	t.Helper()
	for range 10 {
		if strings.HasPrefix(address, end) {
			return address
		}
		req, err := http.NewRequest(http.MethodGet, address, nil)
		if err != nil {
			t.Fatal(err)
		}
		status, header, body := send(t, c, req)
		if status == 200 {
			return address
		}
		next, err := req.URL.Parse(header.Get("Location"))
		if err != nil || status < 300 || status > 303 {
			t.Fatalf("GET %s: %d %s", address, status, body)
		}
		address = next.String()
	}
	t.Fatal("more than ten redirects")
	return ""
}

func checkSecretFiles(t *testing.T, l *Lab) {
	for _, name := range append(l.secretNames(), "campus-keystone-cli-key") {
		info, err := os.Stat(l.SecretFile(name))
		if err != nil || info.Mode() != 0o600 || info.Size() < 32 {
			t.Errorf("secret %s: %v %v, want a file of mode 0600 with at least 32 bytes", name, info, err)
		}
	}
	for name, want := range map[string]os.FileMode{l.KeyFile: 0o600, filepath.Join(l.Root, "etc/keystone/keystone.conf"): 0o640, l.path("keystone/fernet-keys/0"): 0o600, l.path("secrets"): os.ModeDir | 0o700} {
		if info, err := os.Stat(name); err != nil || info.Mode() != want {
			t.Errorf("%s: %v %v, want mode %v", name, info, err, want)
		}
	}
	if _, err := os.Stat(l.path("light", "settings.json")); !os.IsNotExist(err) {
		t.Errorf("the provider's settings are still there (%v)", err)
	}
}

// checkNoSecretLeaks looks for every secret of the lab in argument lists, logs, lab.json and every other file.
func checkNoSecretLeaks(t *testing.T, l *Lab) {
	t.Helper()
	var secrets [][]byte
	for _, name := range l.secretNames() {
		secrets = append(secrets, []byte(l.mustSecret(t, name)))
	}
	for _, issuer := range l.Issuers {
		lines := strings.Split(l.mustSecret(t, issuer.Name+"-keystone-cli-key"), "\n")
		secrets = append(secrets, []byte(lines[1])) // without the line that every key has
	}
	has := func(text []byte) bool {
		return slices.ContainsFunc(secrets, func(s []byte) bool { return bytes.Contains(text, s) })
	}
	files := 0
	err := filepath.WalkDir(l.Dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() || filepath.Dir(path) == l.path("secrets") {
			return err
		}
		text, err := os.ReadFile(path)
		if files++; err == nil && has(text) {
			t.Errorf("%s holds a secret", path)
		}
		return nil
	})
	if err != nil || files < 20 {
		t.Errorf("searching the lab's %d files: %v", files, err)
	}
	pids := members(l.Dir)
	for _, pid := range pids {
		if text, _ := os.ReadFile(procFile(pid, "cmdline")); has(text) {
			t.Errorf("process %d has a secret among its arguments", pid)
		}
	}
	if len(pids) < 5 {
		t.Errorf("only %d processes of the lab were found", len(pids))
	}
}

func checkStatus(t *testing.T, l *Lab) {
	opened, err := Open(l.Dir)
	if err != nil {
		t.Fatal(err)
	}
	all, err := opened.Status(t.Context())
	if err != nil || len(all) != 4 {
		t.Fatalf("status %v %v, want httpd, issuer, mariadb and memcached", all, err)
	}
	for _, s := range all {
		if !s.Running || !s.Answers {
			t.Errorf("%s: running %v, answers %v", s.Name, s.Running, s.Answers)
		}
	}
	env := opened.Env()
	for _, want := range []string{"FEDSTONE_LAB=" + l.Dir, "OS_CACERT=" + l.CAFile, "OS_PASSWORD=" + l.mustSecret(t, "admin"), "CAMPUS_CLI_SECRET=" + l.mustSecret(t, "campus-keystone-cli"), "CAMPUS_ALICE_PASSWORD=" + l.mustSecret(t, "campus-user-alice"),
		"CAMPUS_CLIENT_SECRET=" + l.mustSecret(t, "campus-keystone"), "CAMPUS_CLI_POST_SECRET=" + l.mustSecret(t, "campus-keystone-cli-post"), "CAMPUS_SHORT_SECRET=" + l.mustSecret(t, "campus-short"),
		"CAMPUS_CLI_KEY_FILE=" + l.SecretFile("campus-keystone-cli-key")} {
		if !slices.Contains(env, want) {
			name, _, _ := strings.Cut(want, "=")
			t.Errorf("the environment lacks %s or has another value", name)
		}
	}
}

// checkReload serves a rendered vhost and Keystone's fragment, is refused a broken one, and serves the first again.
func checkReload(t *testing.T, l *Lab) {
	site := filepath.Join(l.Root, "etc/apache2/sites-enabled/10-keystone_wsgi.conf")
	boot, err := os.ReadFile(l.path("httpd", "bootstrap.conf"))
	if err != nil {
		t.Fatal(err)
	}
	vhost := strings.Replace(string(boot), "SSLEngine on", "SSLEngine on\n  Header always set X-Rendered yes", 1)
	write(t, site, vhost)
	write(t, filepath.Join(l.Root, "etc/keystone/keystone.conf.d/50-fedstone.conf"), "[auth]\nmethods = token\n")
	if err := l.Reload(t.Context()); err != nil {
		t.Fatal(err)
	}
	req, _ := http.NewRequest(http.MethodGet, l.KeystoneURL+"/v3", nil)
	if _, header, _ := send(t, mustClient(t, l), req); header.Get("X-Rendered") != "yes" {
		t.Error("the rendered vhost is not served")
	}
	if got := adminLogin(t, l); got != 401 {
		t.Errorf("a password login where the fragment leaves out the method: %d, want 401", got)
	}
	write(t, site, vhost+"NoSuchDirective on\n")
	if err := l.Reload(t.Context()); err == nil || !strings.Contains(err.Error(), "Invalid command 'NoSuchDirective'") {
		t.Errorf("a broken vhost: %v, want httpd's own words", err)
	}
	for _, name := range []string{site, filepath.Join(l.Root, "etc/keystone/keystone.conf.d/50-fedstone.conf")} {
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := Open(l.Dir); !errors.Is(err, ErrNotRunning) || !strings.Contains(err.Error(), "lab reload") {
		t.Errorf("opening a lab whose httpd has ended: %v", err)
	}
	if err := Reload(t.Context(), l.Dir); err != nil || adminLogin(t, l) != 201 {
		t.Errorf("after a refused Reload the next one does not serve: %v", err)
	}
}

func checkDown(t *testing.T, l *Lab) {
	if err := l.Down(context.Background()); err != nil {
		t.Fatal(err)
	}
	if left := members(l.Dir); len(left) > 0 {
		t.Errorf("processes %v are left", left)
	}
	if err := checkPorts(&Options{BasePort: l.BasePort, Light: true, Keycloak: true, Horizon: true}); err != nil {
		t.Errorf("a port is still taken: %v", err)
	}
	entries, _ := os.ReadDir(l.Dir)
	if len(entries) != 1 || entries[0].Name() != "log" {
		t.Errorf("%v is left, want log alone", entries)
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
