package main

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/internal/register"
)

// registered is the quickstart with clients at corp and campus that nobody has made.
type registered struct{ onLab }

const (
	corpRegister = `
    register:
      by: keycloak
      client: {id: lab-registrar, secret: {env: CORP_REGISTRAR_SECRET}}`
	campusRegister = `
    register:
      by: dynamic
      initial_access_token: {env: CAMPUS_REGISTRAR_SECRET}`
)

func newRegistered(t *testing.T) registered {
	l := labtest.Open(t)
	text := string(labtest.QuickstartText(t, l, "corp", "campus"))
	text = withClients(t, text, "corp", "registered", "{grant: password, username: alice, password: {env: CORP_ALICE_PASSWORD}, client: {id: registered-cli, secret: {file: secrets/corp-cli}}}", corpRegister)
	text = withClients(t, text, "campus", "registered", "{grant: client_credentials, client: {id: registered-cli, secret: {file: secrets/campus-cli}}}", campusRegister)
	r := registered{newOnLab(t, labtest.Deployment{Lab: l, Binary: labtest.Binary(t), File: filepath.Join(t.TempDir(), "federation.yaml")})}
	r.write(t, text)
	k := r.keycloak(t)
	t.Cleanup(func() {
		for _, id := range []string{"registered", "registered-cli"} {
			if err := k.Delete(context.Background(), id, register.Handle{}); err != nil && !errors.Is(err, register.ErrNotFound) {
				t.Logf("left behind: %s: %v", id, err)
			}
		}
	})
	return r
}

// withClients gives a description in which an identity provider has other clients.
func withClients(t *testing.T, text, idp, id, probe, more string) string {
	t.Helper()
	head, tail, ok := strings.Cut(text, "\n  "+idp+":")
	block := regexp.MustCompile(`\n    probe:(\n      .*)+`).FindStringIndex(tail)
	if !ok || block == nil {
		t.Fatalf("no %s with a probe in the description", idp)
	}
	tail = strings.Replace(tail[:block[0]], "clients: [keystone-cli]", "clients: ["+id+"-cli]", 1) + "\n    probe: " + probe + more + tail[block[1]:]
	tail = regexp.MustCompile(`client: \{id: keystone, secret: .*`).ReplaceAllString(tail, "CLIENT")
	tail = strings.Replace(tail, "CLIENT", "client: {id: "+id+", secret: {file: secrets/"+idp+"}}", 1)
	return head + "\n  " + idp + ":" + tail
}

func (r registered) write(t *testing.T, text string) {
	t.Helper()
	if err := os.WriteFile(r.File, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func (r registered) text(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(filepath.Dir(r.File), path))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// edit replaces a text of the description, which has to be there.
func (r registered) edit(t *testing.T, from, to string) {
	t.Helper()
	text := r.text(t, "federation.yaml")
	if !strings.Contains(text, from) {
		t.Fatalf("no %q in\n%s", from, text)
	}
	r.write(t, strings.ReplaceAll(text, from, to))
}

// register runs the command, and wants a status and texts in what it prints.
func (r registered) register(t *testing.T, status int, flags string, wants ...string) string {
	t.Helper()
	out, err := r.command(append([]string{"register"}, strings.Fields(flags)...)...).CombinedOutput()
	got := 0
	var ended *exec.ExitError
	if errors.As(err, &ended) {
		got = ended.ExitCode()
	}
	for _, want := range wants {
		if !strings.Contains(string(out), want) {
			t.Errorf("register %s: no %q in\n%s", flags, want, out)
		}
	}
	if got != status {
		t.Fatalf("register %s: status %d, want %d\n%s", flags, got, status, out)
	}
	return string(out)
}
