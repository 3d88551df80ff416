package examples_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/lab"
	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// TestLoginsOnLab deploys examples/logins with the lab's issuers in the place of its
// own, and logs in at each of them as the description says.
func TestLoginsOnLab(t *testing.T) {
	d := labtest.Quickstart(t) // what is left of this test, the next Quickstart mends
	d.File = loginsOnLab(t, d.Lab)
	d.Run(t, "render", "-o", d.Lab.Root, "--prefix", d.Lab.Root)
	d.Run(t, "lab", "reload", "--dir", d.Lab.Dir)
	d.Run(t, "apply")
	cache := t.TempDir()
	for idp, user := range map[string]string{"corp": "bob", "partner": "alice", "campus": ""} {
		t.Run(idp, func(t *testing.T) {
			said := asPerson(t, d, cache, user, "token", "--idp", idp, "--no-open")
			if strings.Count(said, "gAAAA") != 1 {
				t.Errorf("no token was printed:\n%s", said)
			}
			cmd := d.Command("probe", "--isolation", "--verbose", "--idp", idp)
			cmd.Env = append(cmd.Env, "XDG_CACHE_HOME="+cache)
			expectProven(t, idp, output(t, cmd))
		})
	}
}

// expectProven wants the login that token has kept, and at corp everything that the
// description expects and refuses.
func expectProven(t *testing.T, idp, report string) {
	t.Helper()
	wants := map[string][]string{
		"corp":    {"cached", "as expected: user, domain, projects, roles, lifetime", "(another-service)", "(ended)", "corp/foreign"},
		"partner": {"cached", "as expected: user, projects"},
		"campus":  {"by grant client_credentials", "as expected: roles"},
	}[idp]
	for _, want := range append(wants, "ok: every step passed") {
		if !strings.Contains(strings.Join(strings.Fields(report), " "), want) {
			t.Errorf("%s: no %q in\n%s", idp, want, report)
		}
	}
}

// loginsOnLab copies the example, with the lab's addresses, certificates and secrets.
func loginsOnLab(t *testing.T, l *lab.Lab) string {
	t.Helper()
	dir := labtest.Example(t, "logins")
	file := filepath.Join(dir, "federation.yaml")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	pairs := []string{
		"https://keystone.example.org:5000", l.KeystoneURL, "https://dashboard.example.org/horizon", "https://localhost",
		"certificate: /etc/ssl/certs/keystone.pem", "certificate: /etc/ssl/fedstone/keystone.pem", "key: /etc/ssl/private/keystone.key", "key: /etc/ssl/fedstone/keystone.key",
		"\nhttpd:\n", "\nhttpd:\n  gate_port: " + labtest.FreePort(t) + "\n  ca_bundle: /etc/ssl/fedstone/ca.pem\n",
		"https://campus.example.org", labtest.IssuerURL(t, l, "campus"), "https://sso.example.org/realms/corp", labtest.IssuerURL(t, l, "corp"), "https://sso.example.org/realms/partner", labtest.IssuerURL(t, l, "partner"),
	}
	moved := regexp.MustCompile(`(?m)^    metadata: .*\n`).ReplaceAllString(strings.NewReplacer(pairs...).Replace(string(text)), "")
	if err := os.WriteFile(file, []byte(moved), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range regexp.MustCompile(`file: secrets/((?:corp|partner|campus)-[a-z-]+)`).FindAllStringSubmatch(moved, -1) {
		copySecret(t, l, name[1], filepath.Join(dir, "secrets", name[1]))
	}
	copySecret(t, l, "campus-keystone-cli-key", filepath.Join(dir, "secrets", "campus-key.pem"))
	return file
}

func copySecret(t *testing.T, l *lab.Lab, name, to string) {
	t.Helper()
	if err := os.WriteFile(to, []byte(labtest.Secret(t, l, name)), 0o600); err != nil {
		t.Fatal(err)
	}
}

// asPerson runs a command, opens the page that it shows, and gives all that it says.
func asPerson(t *testing.T, d labtest.Deployment, cache, user string, args ...string) string {
	t.Helper()
	cmd := d.Command(args...)
	cmd.Env = append(cmd.Env, "XDG_CACHE_HOME="+cache)
	var said labtest.Speech
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if user != "" {
		labtest.NewPerson(t, d.Lab, args[2], user).Open(t, said.Page(t, cmd))
	}
	if err := cmd.Wait(); err != nil {
		t.Fatalf("%s: %v\n%s", cmd.Args, err, said.String())
	}
	return said.String()
}
