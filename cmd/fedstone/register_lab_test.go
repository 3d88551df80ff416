package main

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/register"
	"github.com/fedstone/fedstone/internal/secret"
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

// keycloak is the registrar of corp, as a test of its own asks it.
func (r registered) keycloak(t *testing.T) register.Keycloak {
	t.Helper()
	issuer, web := labtest.IssuerURL(t, r.Lab, "corp"), r.web(t)
	client := oidc.Client{ID: "lab-registrar", Secret: secret.New(labtest.Secret(t, r.Lab, "corp-registrar"))}
	return register.Keycloak{Peer: register.Peer{Web: web}, Endpoint: register.KeycloakEndpoint(issuer), Account: register.AccountOf(web, issuer, client)}
}

func (r registered) web(t *testing.T) *http.Client {
	t.Helper()
	web, err := oidc.NewHTTPClient(r.Lab.CAFile)
	if err != nil {
		t.Fatal(err)
	}
	return web
}

// tokenFor asks an issuer for a token, with a secret that may be an old one.
func (r registered) tokenFor(t *testing.T, idp, id, value string) error {
	t.Helper()
	doc, err := oidc.Discover(t.Context(), r.web(t), labtest.IssuerURL(t, r.Lab, idp))
	if err != nil {
		t.Fatal(err)
	}
	client := oidc.Client{ID: id, Secret: secret.New(strings.TrimSpace(value))}
	if idp == "campus" {
		_, err = oidc.ClientCredentials(t.Context(), r.web(t), doc, client, nil)
		return err
	}
	_, err = oidc.Password(t.Context(), r.web(t), doc, client, "alice", secret.New(labtest.Secret(t, r.Lab, "corp-user-alice")), []string{"openid"})
	return err
}

// id is what the description calls probe's client at a provider.
func (r registered) id(t *testing.T, idp string) string {
	t.Helper()
	_, tail, _ := strings.Cut(r.text(t, "federation.yaml"), "\n  "+idp+":")
	return strings.Trim(regexp.MustCompile(`probe: .*client: \{id: ([^,]*),`).FindStringSubmatch(tail)[1], `"`)
}

// TestRegisterOnLab registers at Keycloak and at the light provider, goes through all
// that can become of a registration, and logs in with the clients that were made.
func TestRegisterOnLab(t *testing.T) {
	r := newRegistered(t)
	r.register(t, 1, "--plan", "+ relying party corp/registered: ", "+ command line campus/registered-cli: ", "4 to create")
	r.register(t, 0, "", "4 to create, 0 to update, 0 unchanged")
	r.register(t, 0, "--plan", "0 to create, 0 to update, 4 unchanged")
	r.holdPrivate(t)
	t.Run("login", r.login)
	t.Run("changed", r.changed)
	t.Run("drifted", r.drifted)
	t.Run("rotated", r.rotated)
	t.Run("deleted", r.deleted)
}

// holdPrivate wants every file with a secret to be nobody else's.
func (r registered) holdPrivate(t *testing.T) {
	t.Helper()
	for _, name := range []string{"secrets/corp", "secrets/corp-cli", "secrets/campus", "secrets/campus-cli", "registrations/corp.json", "registrations/campus.json"} {
		info, err := os.Stat(filepath.Join(filepath.Dir(r.File), name))
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", name, info.Mode(), err)
		}
	}
}

// login deploys the description with the new clients, and lets a program and a person in.
func (r registered) login(t *testing.T) {
	// What is left of this, the next Quickstart mends.
	r.Run(t, "render", "-o", r.Lab.Root, "--prefix", r.Lab.Root)
	r.Run(t, "lab", "reload", "--dir", r.Lab.Dir)
	r.Run(t, "apply")
	for idp, user := range map[string]string{"corp": "alice", "campus": "bob"} {
		if kept, said := r.token(t, "--idp", idp); kept.Project == nil {
			t.Errorf("%s: no project\n%s", idp, said)
		}
		address := r.Lab.KeystoneURL + "/v3/auth/OS-FEDERATION/identity_providers/" + idp + "/protocols/openid/websso?origin=" + r.dashboard(t) + "/auth/websso/"
		if page := labtest.NewPerson(t, r.Lab, idp, user).Open(t, address); !strings.Contains(page, `name="token"`) {
			t.Errorf("%s: no token in the page for %s:\n%s", idp, user, page)
		}
	}
}

// dashboard is the description's, whether the lab runs it or not.
func (r registered) dashboard(t *testing.T) string {
	t.Helper()
	return regexp.MustCompile(`dashboards: \[(.*)\]`).FindStringSubmatch(r.text(t, "federation.yaml"))[1]
}

// changed: what the description says anew is brought to the provider.
func (r registered) changed(t *testing.T) {
	r.edit(t, "\nplatform:", "\nbrowser: {logout: everywhere}\nplatform:")
	r.register(t, 1, "--plan", `~ relying party corp/registered: post_logout_redirect_uris [] -> ["`+r.dashboard(t)+`/auth/logout/"]`, "2 to update, 2 unchanged")
	r.register(t, 0, "", "2 to update")
	r.register(t, 0, "", "4 unchanged")
}

// drifted: what somebody changed by hand is shown and mended.
func (r registered) drifted(t *testing.T) {
	k := r.keycloak(t)
	have, _, err := k.Read(t.Context(), "registered", register.Handle{})
	if err != nil {
		t.Fatal(err)
	}
	have.RedirectURIs, have.Grants, have.PKCE, have.GroupClaim = []string{"https://*"}, append(have.Grants, register.Password), "", ""
	if _, _, err := k.Update(t.Context(), have, register.Handle{}); err != nil {
		t.Fatal(err)
	}
	r.driftAtCampus(t)
	out := r.register(t, 1, "--plan", `redirect_uris ["https://*"] -> `, `grant_types ["authorization_code","password"] -> ["authorization_code"]`, `pkce "" -> "S256"`, `group_claim "" -> "groups"`,
		`name "Somebody's" -> `, "2 to update")
	if strings.Contains(out, strings.TrimSpace(r.text(t, "secrets/corp"))) {
		t.Error("the plan shows a secret")
	}
	r.register(t, 0, "")
	r.register(t, 0, "--plan", "4 unchanged")
}

// driftAtCampus changes a client's name by its own registration token, and puts the
// token that comes back where the last one was.
func (r registered) driftAtCampus(t *testing.T) {
	t.Helper()
	path := filepath.Join(filepath.Dir(r.File), "registrations/campus.json")
	var kept struct {
		Version int                          `json:"version"`
		Issuer  string                       `json:"issuer"`
		Clients map[string]map[string]string `json:"clients"`
	}
	if err := json.Unmarshal([]byte(r.text(t, "registrations/campus.json")), &kept); err != nil {
		t.Fatal(err)
	}
	id := r.id(t, "campus")
	way := register.Handle{URI: kept.Clients[id]["registration_client_uri"], Token: secret.New(kept.Clients[id]["registration_access_token"])}
	d := register.Dynamic{Peer: register.Peer{Web: r.web(t)}, Endpoint: labtest.IssuerURL(t, r.Lab, "campus") + "/reg"}
	have, way, err := d.Read(t.Context(), id, way)
	if err != nil {
		t.Fatal(err)
	}
	have.Name = "Somebody's"
	_, now, err := d.Update(t.Context(), have, way)
	if err != nil {
		t.Fatal(err)
	}
	kept.Clients[id]["registration_access_token"] = now.Token.Reveal()
	text, _ := json.Marshal(kept)
	if now.Token.Reveal() == way.Token.Reveal() {
		t.Error("the registration token has not changed with the update")
	}
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
}

// rotated: the old secret is worth nothing, and the new one lies where render reads it.
func (r registered) rotated(t *testing.T) {
	for _, idp := range []string{"corp", "campus"} {
		id, before := r.id(t, idp), r.text(t, "secrets/"+idp+"-cli")
		if err := r.tokenFor(t, idp, id, before); err != nil {
			t.Fatalf("%s, before: %v", idp, err)
		}
		r.register(t, 0, "--idp "+idp+" --rotate "+id, "secret as it is -> a new one")
		after := r.text(t, "secrets/"+idp+"-cli")
		if after == before {
			t.Errorf("%s: the secret is the same", idp)
		}
		if err := r.tokenFor(t, idp, r.id(t, idp), after); err != nil {
			t.Errorf("%s, after: %v", idp, err)
		}
		if err := r.tokenFor(t, idp, id, before); err == nil {
			t.Errorf("%s: the old secret still gets a token", idp)
		}
	}
	r.register(t, 0, "--plan", "4 unchanged")
}

// deleted: a client that the description does not name any more stays until --prune.
func (r registered) deleted(t *testing.T) {
	for _, idp := range []string{"corp", "campus"} {
		id := r.id(t, idp)
		text := r.text(t, "federation.yaml")
		head, tail, _ := strings.Cut(text, "\n  "+idp+":")
		tail = regexp.MustCompile(`\n    probe: .*`).ReplaceAllString(tail, "")
		tail = regexp.MustCompile(`clients: \[.*`+id+`.*\]`).ReplaceAllString(tail, "clients: [keystone-cli]")
		r.write(t, head+"\n  "+idp+":"+tail)
		r.register(t, 0, "--idp "+idp, "not described any more", "1 unchanged")
		r.register(t, 1, "--plan --prune --idp "+idp, "- client "+idp+"/"+id)
		r.register(t, 0, "--prune --idp "+idp, "1 to delete")
		r.write(t, text)
		if idp == "corp" {
			r.register(t, 1, "--plan --idp corp", "+ command line corp/"+id)
		}
	}
}
