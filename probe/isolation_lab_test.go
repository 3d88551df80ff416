package probe

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/lab"
	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/secret"
)

// labCell is a cell as the JSON report tells it.
type labCell struct {
	Kind, Token, When, Symptom string
	Door                       string `json:"path"`
	Verdict                    Verdict
}

// labCells probes by the command line and gives the matrix.
func labCells(t *testing.T, d labtest.Deployment) []labCell {
	t.Helper()
	out, err := d.Command("probe", "--isolation", "--format", "json", "--quiet").Output()
	var report struct{ Isolation []labCell }
	if wrong := json.Unmarshal(out, &report); wrong != nil || len(report.Isolation) == 0 {
		t.Fatalf("%v, %v, %d bytes", err, wrong, len(out))
	}
	return report.Isolation
}

// wrongSymptoms gives the symptoms of the cells that are not as they must be.
func wrongSymptoms(cells []labCell) map[string]string {
	out := map[string]string{}
	for _, c := range cells {
		if c.Verdict != Pass {
			out[c.Token+" at "+c.Door+", "+c.When] = c.Symptom
		}
	}
	return out
}

// bothTimes gives what is expected cold and after use.
func bothTimes(symptoms map[string]string) map[string]string {
	out := map[string]string{}
	for place, slug := range symptoms {
		out[place+", "+cold], out[place+", "+afterUse] = slug, slug
	}
	return out
}

// nbfUnseen is what no mod_auth_openidc refuses: it looks at no nbf. Partner's
// service account has no group that a rule takes, so that Keystone refuses it.
func nbfUnseen() map[string]string {
	return map[string]string{"corp/early at corp": "let-in-too-early", "campus/early at campus": "let-in-too-early", "partner/early at partner": "keystone-only"}
}

// The whole matrix on real programs: inner vhosts, Keycloak and oidc-provider. Every
// cell is refused by httpd, but for those that the module itself lets in.
func TestMatrixInTheLab(t *testing.T) {
	d := labtest.Quickstart(t)
	labtest.Flawed(t, d)
	cells := labCells(t, d)
	if diff := cmp.Diff(bothTimes(nbfUnseen()), wrongSymptoms(cells)); diff != "" {
		t.Errorf("wrong cells (-want +got):\n%s", diff)
	}
	kinds := map[string]int{}
	for _, c := range cells {
		kinds[c.Kind]++
	}
	// Campus gives no ID token for client credentials.
	want := map[string]int{KindOwn: 18, KindForeign: 18, KindRefused: 18, KindOther: 4, KindForged: 132, KindHeaders: 6, KindIssuer: 4}
	if diff := cmp.Diff(want, kinds); diff != "" {
		t.Error(diff)
	}
	t.Logf("%d cells: %v", len(cells), kinds)
}

// requirements is what render writes into corp's inner vhost.
var requirements = regexp.MustCompile(`(?s)(AuthType oauth20\n\s*)<RequireAll>.*?iss~[^\n]*realms/corp\\\\z"\n.*?</RequireAll>\s*</RequireAny>\s*</RequireAll>`)

// A door that asks for a valid token and for nothing in it: what comes in is found,
// and told by what is wrong with it.
func TestWeakDoorInTheLab(t *testing.T) {
	d := labtest.Quickstart(t)
	labtest.Flawed(t, d)
	site := filepath.Join(d.Lab.Root, "etc/apache2/sites-enabled/10-keystone_wsgi.conf")
	sound, err := os.ReadFile(site)
	if err != nil {
		t.Fatal(err)
	}
	weak := requirements.ReplaceAll(sound, []byte("${1}Require valid-user"))
	if len(weak) == len(sound) {
		t.Fatal("the vhost file has no such requirements")
	}
	serve(t, d.Lab, site, weak)
	t.Cleanup(func() { serve(t, d.Lab, site, sound) })
	want := nbfUnseen()
	want["corp/elsewhere at corp"] = "let-in-other-audience"
	want["corp/id-token at corp"] = "let-in-id-token"
	want["corp/foreign at corp"] = "keystone-only" // wiki's account has no group that a rule takes
	if diff := cmp.Diff(bothTimes(want), wrongSymptoms(labCells(t, d))); diff != "" {
		t.Errorf("wrong cells (-want +got):\n%s", diff)
	}
}

func serve(t *testing.T, l *lab.Lab, site string, text []byte) {
	t.Helper()
	if err := os.WriteFile(site, text, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := l.Reload(context.WithoutCancel(t.Context())); err != nil {
		t.Fatal(err)
	}
}

// The token of somebody whom the issuer has switched off since: nothing that verifies
// a signature can know, so it is let in; a description that says otherwise is told.
func TestDisabledUserInTheLab(t *testing.T) {
	d := labtest.Quickstart(t)
	text, err := os.ReadFile(d.File)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{}
	for _, issuer := range d.Lab.Issuers {
		file := personsToken(t, d.Lab, issuer, "carol")
		labtest.Disable(t, d.Lab, issuer, "carol")
		mark := fmt.Sprintf("foreign: {id: wiki, secret: {env: %s_WIKI_SECRET}}\n", strings.ToUpper(issuer.Name))
		text = []byte(strings.Replace(string(text), mark, mark+"      must_be_refused: {disabled: {token_file: "+file+"}}\n", 1))
		want[issuer.Name+"/disabled at "+issuer.Name] = "let-in-sound-token"
	}
	if err := os.WriteFile(d.File, text, 0o600); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(bothTimes(want), wrongSymptoms(labCells(t, d))); diff != "" {
		t.Errorf("wrong cells (-want +got):\n%s", diff)
	}
}

// personsToken logs a person in and gives the file of the token.
func personsToken(t *testing.T, l *lab.Lab, issuer lab.Issuer, person string) string {
	t.Helper()
	web, err := oidc.NewHTTPClient(l.CAFile)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := oidc.Discover(t.Context(), web, issuer.URL)
	if err != nil {
		t.Fatal(err)
	}
	client := oidc.Client{ID: "keystone-cli", Secret: secret.New(labtest.Secret(t, l, issuer.Name+"-keystone-cli"))}
	password := secret.New(labtest.Secret(t, l, issuer.Name+"-user-"+person))
	tokens, err := oidc.Password(t.Context(), web, doc, client, person, password, []string{"openid"})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(path, []byte(tokens.Access.Reveal()), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
