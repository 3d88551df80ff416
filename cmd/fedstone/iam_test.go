package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/iam/iamtest"
	"github.com/fedstone/fedstone/internal/oidc/optest"
)

// iamWorld is a cloud's identity service and an issuer, and a description of both.
type iamWorld struct {
	*testing.T
	cloud  *iamtest.Server
	issuer *optest.Server
	file   string
}

const iamDescription = `version: 1
keystone: {url: %s, ca_file: %s, owner: production}
platform: otc-iam
identity_providers:
  corp:
    issuer: %s
    client: {id: cloud}
    rules:
      - user: {name: "{preferred_username}"}
        groups: [readers]
      - when: {preferred_username: {any_of: [alice]}}
        groups: [ops]
    probe:
      grant: password
      client: {id: cloud, secret: {env: CLOUD_SECRET}}
      username: alice
      password: {env: ALICE_PASSWORD}
      scopes: [openid, profile]
      expect: {user: alice, groups: [ops, readers], projects: [eu-de]}
`

func newIAMWorld(t *testing.T) *iamWorld {
	t.Helper()
	w := &iamWorld{T: t, cloud: iamtest.New(t), issuer: optest.New(t), file: filepath.Join(t.TempDir(), "federation.yaml")}
	w.issuer.Secrets["cloud"] = "cloud-secret-canary"
	w.environment("cloud-secret-canary", "alice-password-canary")
	w.write(fmt.Sprintf(iamDescription, w.cloud.URL, w.cloud.CAFile, w.issuer.URL))
	return w
}

// environment is that of the account's administrator, and holds the probe's secrets.
func (w *iamWorld) environment(client, password string) {
	for _, line := range os.Environ() { // no credentials of the tester's
		if name, _, _ := strings.Cut(line, "="); strings.HasPrefix(name, "OS_") {
			w.Setenv(name, "")
		}
	}
	for name, value := range w.cloud.Env() {
		w.Setenv(name, value)
	}
	w.Setenv("CLOUD_SECRET", client)
	w.Setenv("ALICE_PASSWORD", password)
}

func (w *iamWorld) write(description string) {
	if err := os.WriteFile(w.file, []byte(description), 0o600); err != nil {
		w.Fatal(err)
	}
}

// run checks the status, and that no token outlives the run and no secret is shown.
func (w *iamWorld) run(status int, args ...string) (stdout, stderr string) {
	w.Helper()
	var out, errOut bytes.Buffer
	args = append([]string{"fedstone", args[0], "-f", w.file}, args[1:]...)
	if got := run(w.Context(), args, strings.NewReader(""), &out, &errOut); got != status {
		w.Errorf("%q: exit status %d, want %d\n%s%s", args, got, status, &out, &errOut)
	}
	if n := w.cloud.ValidTokens(); n != 0 {
		w.Errorf("%q: %d tokens are still valid", args, n)
	}
	for _, text := range []string{iamtest.Password, "secret-canary", "password-canary"} {
		if strings.Contains(out.String()+errOut.String(), text) {
			w.Errorf("%q shows %s", args, text)
		}
	}
	return out.String(), errOut.String()
}

// TestIAMKeyRotation is the whole life of an identity provider: made, probed, its
// issuer's keys changed, found out, mended.
func TestIAMKeyRotation(t *testing.T) {
	w := newIAMWorld(t)
	plan, _ := w.run(exitFindings, "apply", "--plan")
	if done, _ := w.run(exitClean, "apply"); done != plan || !strings.HasSuffix(done, "4 to create, 0 to update, 0 unchanged\n") {
		t.Errorf("planned:\n%s\ndone:\n%s", plan, done)
	}
	if again, _ := w.run(exitClean, "apply", "--plan"); again != "0 to create, 0 to update, 4 unchanged\n" {
		t.Errorf("a second plan: %s", again)
	}
	w.run(exitClean, "probe", "--cloud", "envvars")
	w.run(exitClean, "apply", "--check-keys")

	w.issuer.Keys.Other(t)
	w.issuer.Keys.RSAID = "rsa-2"
	said, _ := w.run(exitFindings, "probe", "--cloud", "envvars")
	for _, want := range []string{"iam-key-drift", `it lacks "rsa-2"`, "fedstone apply"} {
		if !strings.Contains(strings.Join(strings.Fields(said), " "), want) {
			t.Errorf("the probe after the rotation does not say %q:\n%s", want, said)
		}
	}
	if said, _ := w.run(exitFindings, "probe"); !strings.Contains(said, "iam-token-refused") {
		t.Errorf("the probe without an administrator:\n%s", said)
	}
	if said, _ := w.run(exitFindings, "apply", "--check-keys"); !strings.Contains(said, `corp: signing_key lacks the issuer's key "rsa-2"`) {
		t.Errorf("the check of the keys:\n%s", said)
	}
	if said, _ := w.run(exitClean, "apply"); !strings.HasPrefix(said, "~ OpenID Connect configuration corp: signing_key [ec, rsa] -> [ec, rsa-2]\n") {
		t.Errorf("apply after the rotation:\n%s", said)
	}
	w.run(exitClean, "probe", "--cloud", "envvars")
}
