package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/internal/register"
	"github.com/fedstone/fedstone/internal/secret"
)

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
	r.documented(t, "drift", r.register(t, 1, "--plan --idp corp"))
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
	r.rotatedIntoTree(t)
}

// rotatedIntoTree: the relying party's new secret is where httpd reads it.
func (r registered) rotatedIntoTree(t *testing.T) {
	t.Helper()
	tree := t.TempDir()
	r.register(t, 0, "--idp corp --rotate registered --render "+tree)
	clients, err := filepath.Glob(filepath.Join(tree, "etc/apache2/oidc/*realms%2Fcorp.client"))
	if err != nil || len(clients) != 1 {
		t.Fatalf("%v, %v", clients, err)
	}
	text, err := os.ReadFile(clients[0])
	if err != nil || !strings.Contains(string(text), `"`+strings.TrimSpace(r.text(t, "secrets/corp"))+`"`) {
		t.Errorf("the .client file holds another secret; %v", err)
	}
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

// policies: a realm that is as Keycloak makes it refuses the mappers. The run ends with
// what to change there, and nothing is left behind.
func (r registered) policies(t *testing.T) {
	text := string(labtest.QuickstartText(t, r.Lab, "partner"))
	r.File = filepath.Join(t.TempDir(), "federation.yaml")
	r.write(t, withClients(t, text, "partner", "registered", "{grant: client_credentials, client: {id: registered-cli, secret: {file: secrets/partner-cli}}}",
		strings.ReplaceAll(corpRegister, "CORP", "PARTNER")))
	out := r.register(t, 3, "--idp partner", "Allowed Protocol Mapper Types", "0 of 2 changes were made")
	r.documented(t, "policy", out)
}
