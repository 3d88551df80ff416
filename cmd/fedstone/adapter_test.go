package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/fedstone/fedstone/internal/oidc/optest"
)

// adapterFederation registers its clients at an adapter.
const adapterFederation = `version: 1
keystone: {url: "https://keystone.example.org:5000", owner: test, ca_file: ca.pem}
platform: debian-12
httpd: {crypto_passphrase: {file: passphrase}}
identity_providers:
  corp:
    issuer: https://sso.example.org/realms/corp
    metadata: corp.json
    client: {id: keystone, secret: {file: keystone.secret}}
    bearer: {audience: keystone, clients: [terraform, public]}
    rules:
      - user: {name: "{preferred_username}"}
    register:
      by: adapter
      endpoint: ENDPOINT
      client: {id: zync, secret: {file: zync.secret}}
      clients:
        public: {grants: [device]}
        terraform: {secret: {file: terraform.secret}, grants: [client_credentials]}
`

// TestAdapter: clients are registered at the adapter that the project ships, changed,
// rotated and deleted; a second run changes nothing, and no secret is shown.
func TestAdapter(t *testing.T) {
	t.Setenv("OS_CACERT", "") // that of a lab is another
	dir := adapterFolder(t)
	s := serveAt(t, dir)
	writeIn(t, dir, "federation.yaml", strings.Replace(adapterFederation, "ENDPOINT", s.url, 1))
	one := func(want int, says string, args ...string) {
		t.Helper()
		var out bytes.Buffer
		status := run(t.Context(), append([]string{"fedstone", "register", "-f", filepath.Join(dir, "federation.yaml")}, args...), nil, &out, &out)
		if status != want || !strings.Contains(out.String(), says) || strings.Contains(out.String(), "canary") {
			t.Errorf("register %v: %d, want %d and %q\n%s", args, status, want, says, out.String())
		}
	}
	one(1, "+ command line corp/terraform", "--plan")
	one(0, "3 to create, 0 to update, 0 unchanged")
	one(0, "0 to create, 0 to update, 3 unchanged")
	one(0, "", "--plan")
	registered := readIn(t, dir, "clients.json")
	for _, want := range []string{`"client_id": "keystone"`, "https://keystone.example.org:5000/v3/OS-FEDERATION/redirect_uri", strings.TrimSpace(readIn(t, dir, "terraform.secret"))} {
		if !strings.Contains(registered, want) {
			t.Errorf("the store lacks %s:\n%s", want, registered)
		}
	}
	before := readIn(t, dir, "terraform.secret")
	one(0, "terraform", "--rotate", "terraform")
	if after := readIn(t, dir, "terraform.secret"); after == before || !strings.Contains(readIn(t, dir, "clients.json"), strings.TrimSpace(after)) {
		t.Error("the secret was not rotated in both places")
	}
	writeIn(t, dir, "federation.yaml", strings.Replace(strings.Split(adapterFederation, "      clients:\n")[0], "ENDPOINT", s.url, 1))
	one(0, "terraform", "--prune")
	if strings.Contains(readIn(t, dir, "clients.json"), "terraform") {
		t.Error("the client was not deleted")
	}
	issuerForms(t, dir, s.url)
	if log := s.end(); strings.Contains(log, "canary") || !strings.Contains(log, "DELETE /clients/terraform 204") {
		t.Error(log)
	}
}

// issuerForms: an issuer with its account in it stands for endpoint and client, from a
// variable, a file or standard input, and never on the command line.
func issuerForms(t *testing.T, dir, url string) {
	t.Helper()
	form := strings.Replace(url, "https://", "https://zync:account%2Dcanary@", 1)
	head, _, _ := strings.Cut(adapterFederation, "      endpoint:")
	description := func(name, issuer string) string {
		writeIn(t, dir, name, head+"      issuer: "+issuer+"\n")
		return filepath.Join(dir, name)
	}
	named := description("named.yaml", "{env: REGISTRAR}")
	plain := filepath.Join(dir, "plain.yaml")
	writeIn(t, dir, "plain.yaml", head)
	writeIn(t, dir, "issuer", form+"\n")
	writeIn(t, dir, "nobody", url)
	t.Setenv("REGISTRAR", form)
	for name, c := range map[string]struct {
		file, stdin string
		args        []string
		status      int
		says        string
	}{
		"of a variable":       {named, "", nil, exitClean, "1 unchanged"},
		"of a file":           {plain, "", []string{"--issuer", filepath.Join(dir, "issuer")}, exitClean, "1 unchanged"},
		"of standard input":   {plain, form, []string{"--issuer", "-"}, exitClean, "1 unchanged"},
		"on the command line": {plain, "", []string{"--issuer", form}, exitUsage, "read by every user of this machine"},
		"without an account":  {plain, "", []string{"--issuer", filepath.Join(dir, "nobody")}, exitUsage, "has no account in it"},
		"nothing on it":       {named, "\n", []string{"--issuer", "-"}, exitUsage, "--issuer is empty"},
		"no name":             {named, "", []string{"--issuer", ""}, exitUsage, "--issuer is empty"},
		"a lost file":         {plain, "", []string{"--issuer", filepath.Join(dir, "lost")}, exitUsage, "fedstone: --issuer: "},
		"a wrong secret":      {plain, strings.Replace(form, "account", "other", 1), []string{"--issuer", "-"}, exitFailed, "register: {client:"},
		"in the description":  {description("literal.yaml", form), "", nil, exitUsage, "literal-secret"},
		"beside an account":   {description("both.yaml", "{env: REGISTRAR}\n      endpoint: "+url), "", nil, exitUsage, "register-credential"},
	} {
		var out bytes.Buffer
		status := run(t.Context(), append([]string{"fedstone", "register", "-f", c.file}, c.args...), strings.NewReader(c.stdin), &out, &out)
		if status != c.status || !strings.Contains(out.String(), c.says) || strings.Contains(out.String(), "canary") {
			t.Errorf("%s: %d, want %d and %q\n%s", name, status, c.status, c.says, out.String())
		}
	}
}

// adapterFolder holds what the description and the server read.
func adapterFolder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{"passphrase": "canary", "zync.secret": "account-canary", "keystone.secret": "keystone-canary", "accounts": "# who\nzync:account-canary\n", "corp.json": "{}"} {
		writeIn(t, dir, name, text)
	}
	web := optest.StartTLS(t, http.NotFoundHandler()) // for its certificate
	pair := web.TLS.Certificates[0]
	key, err := x509.MarshalPKCS8PrivateKey(pair.PrivateKey)
	if err != nil {
		t.Fatal(err)
	}
	writeIn(t, dir, "ca.pem", string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: pair.Certificate[0]})))
	writeIn(t, dir, "key.pem", string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: key})))
	if _, err := tls.LoadX509KeyPair(filepath.Join(dir, "ca.pem"), filepath.Join(dir, "key.pem")); err != nil {
		t.Fatal(err)
	}
	return dir
}

func writeIn(t *testing.T, dir, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func readIn(t *testing.T, dir, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// served is an adapter that runs. end interrupts it and gives what it logged.
type served struct {
	url string
	end func() string
}

func serveAt(t *testing.T, dir string, more ...string) served {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	said, out := io.Pipe()
	log, done := &bytes.Buffer{}, make(chan int, 1)
	file := func(name string) string { return filepath.Join(dir, name) }
	args := []string{"fedstone", "adapter", "serve", "--listen", "127.0.0.1:0", "--certificate", file("ca.pem"), "--key", file("key.pem"), "--accounts", file("accounts")}
	if more == nil {
		more = []string{"--store", file("clients.json")}
	}
	go func() { done <- run(ctx, append(args, more...), nil, out, log) }()
	end := sync.OnceValue(func() string {
		cancel()
		if status := <-done; status != exitClean {
			t.Errorf("the server ended with %d: %s", status, log)
		}
		return log.String()
	})
	t.Cleanup(func() { end() })
	line, err := bufio.NewReader(said).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return served{strings.TrimSpace(strings.TrimPrefix(line, "serving at ")), end}
}
