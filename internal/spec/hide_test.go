package spec

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/finding"
)

// TestSecretsStayHidden puts a secret wherever a hurried person might, and looks
// for it in everything that a report could print.
func TestSecretsStayHidden(t *testing.T) {
	const canary = "hunter2-Canary"
	const token = "eyJhbGciOiJSUzI1NiJ9.e30.c2lnbmF0dXJl"
	good := "{env: CORP_CLIENT_SECRET}"
	cases := map[string]string{
		"plain":              changed(t, good, canary),
		"quoted":             changed(t, good, `"`+canary+`"`),
		"in a list":          changed(t, good, "["+canary+"]"),
		"under another key":  changed(t, good, "{value: "+canary+"}"),
		"as a variable":      changed(t, good, "{env: "+canary+"}"),
		"key misspelt":       changed(t, "secret: "+good, "client_secret: "+canary),
		"beside a typo":      changed(t, "secret: "+good, "secret: "+canary+", colour: red"),
		"in a block":         changed(t, "{file: secrets/passphrase}", "|\n    "+canary),
		"on the next line":   changed(t, "{file: secrets/passphrase}", "\n    "+canary),
		"broken after it":    changed(t, good, canary+", x: |"),
		"broken in quotes":   changed(t, good, `"`+canary),
		"broken block":       changed(t, "{file: secrets/passphrase}", "|\n    "+canary+"\n  ]"),
		"broken next line":   changed(t, "{file: secrets/passphrase}", "\n    "+canary+" ]: }"),
		"second document":    minimal + "---\nsecret: " + canary + "\n",
		"hostile character":  changed(t, good, canary+"\u202e"),
		"anchored":           changed(t, good, "&a "+canary),
		"tagged":             changed(t, good, "!vault "+canary),
		"in a URL":           changed(t, "https://sso", "https://user:"+canary+"@sso"),
		"as user of a URL":   changed(t, "https://sso", "https://"+canary+"@sso"),
		"in a broken URL":    changed(t, "https://sso", "https://user:"+canary+"@sso: |"),
		"probe password":     minimal + "    probe: {grant: password, client: {id: keystone}, username: a, password: " + canary + "}\n",
		"token as file":      minimal + "    probe: {grant: file, token_file: " + token + "}\n",
		"token as test":      minimal + "    tests: [{name: a, claims: {t: " + token + "}, want: {usr: b}}]\n",
		"token, then broken": minimal + "    metadata: " + token + " ]: |\n",
		"twice in a line":    changed(t, "secret: "+good, "secret: "+good+", password: "+canary+", x: y"),
		"two given":          changed(t, good, "{env: A, password: "+canary+"}"),
		"after wide runes":   changed(t, "id: keystone, secret: "+good, "id: \"日本語\", secret: "+canary),
	}
	for name, src := range cases {
		t.Run(name, func(t *testing.T) {
			_, shown, list := load("f.yaml", []byte(src))
			if !list.HasErrors() {
				t.Fatal("no error was found")
			}
			if report := everyReport(t, list, shown); strings.Contains(report, canary) || strings.Contains(report, token) {
				t.Errorf("the secret is shown:\n%s", report)
			}
			if bytes.Contains(shown, []byte(canary)) || bytes.Contains(shown, []byte(token)) {
				t.Errorf("the source for excerpts holds the secret:\n%s", shown)
			}
			if bytes.Count(shown, []byte("\n")) != strings.Count(src, "\n") {
				t.Errorf("lines were lost:\n%s", shown)
			}
		})
	}
}

func everyReport(t *testing.T, list finding.List, shown []byte) string {
	t.Helper()
	var out bytes.Buffer
	opts := finding.TextOptions{Source: func(string) []byte { return shown }}
	if err := finding.WriteText(&out, list, opts); err != nil {
		t.Fatal(err)
	}
	if err := finding.WriteJSON(&out, list, 1); err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(&out, "%+v", list)
	return out.String()
}

// What is no secret stays readable.
func TestSoundSourceIsShownWhole(t *testing.T) {
	src := minimal + `    # the secret: see the vault
    probe:
      grant: password
      client: {id: keystone}
      username: alice
      password:
        file: alice.password
`
	_, shown, list := load("f.yaml", []byte(src))
	if len(list) > 0 {
		t.Fatal(list)
	}
	want := strings.Replace(src, "see the vault", strings.Repeat("*", len("see the vault")), 1)
	if string(shown) != want {
		t.Errorf("shown:\n%s", shown)
	}
}

// TestMayName holds the quick look at a line against the expression that it stands
// before: it passes all that the expression matches, and not just everything.
func TestMayName(t *testing.T) {
	names := []string{"secret", "SECRET", "client_Secret", "\u017fecret", "passphrase", "Password", "passwd", "pas\u017fwd", "refresh_token", "RefreshToken", "refreshto\u212aen"}
	for _, name := range names {
		line := []byte("  " + name + ": hunter2")
		if !secretKey().Match(line) || !mayName(line) {
			t.Errorf("%q: the expression says %v, the look %v", name, secretKey().Match(line), mayName(line))
		}
	}
	for _, line := range []string{"", "    issuer: https://sso.example.org/realms/corp", "s", "secre", "refr"} {
		if mayName([]byte(line)) {
			t.Errorf("%q may name a secret", line)
		}
	}
}
