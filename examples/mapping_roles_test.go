package examples_test

import (
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/gophercloud/gophercloud/v2"

	"github.com/fedstone/fedstone/internal/keystone"
)

// groupRoles: a role through a group of the token opens the project, but neither
// an application credential nor a trust can be made of it, unless memberships
// last (authorization_ttl).
func (w *mappingWorld) groupRoles(t *testing.T) {
	t.Cleanup(func() { w.forget(t) })
	project := w.post(t, "projects", object{"project": object{"name": "shared", "domain_id": w.cloud.idp}})["project"].(object)["id"].(string)
	role := w.list(t, "roles", query("name", "member"))[0]["id"].(string)
	grant := w.admin.ServiceURL("projects", project, "groups", w.cloud.groups[0].ID, "roles", role)
	if _, err := w.admin.Put(t.Context(), grant, nil, nil, &gophercloud.RequestOpts{OkCodes: []int{http.StatusNoContent}}); err != nil {
		t.Fatal(err)
	}
	w.install(t, exampleFile(t, "groups-whitelist", "mapping.json"))
	got := map[string][]int{"without": w.made(t, project, role)}
	minutes := 5
	ttl := &minutes
	if err := keystone.UpdateIdentityProvider(t.Context(), w.admin, w.idp("corp"), keystone.IdentityProviderUpdate{AuthorizationTTL: &ttl}); err != nil {
		t.Fatal(err)
	}
	got["with"] = w.made(t, project, role)
	want := map[string][]int{"without": {http.StatusBadRequest, http.StatusNotFound}, "with": {http.StatusCreated, http.StatusCreated}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("application credential and trust, without and with authorization_ttl (-want +got):\n%s", diff)
	}
}

// made logs in, and gives the answers to making an application credential and a
// trust of the role on the project.
func (w *mappingWorld) made(t *testing.T, project, role string) []int {
	t.Helper()
	a, err := keystone.Exchange(t.Context(), w.web, w.lab.KeystoneURL, w.idp("corp"), "openid", w.token(t, mappingCase{issuer: "corp", user: "alice"}))
	if err != nil || a.Status != http.StatusCreated {
		t.Fatalf("login: %d, %v", a.Status, err)
	}
	scoped, err := keystone.Session{Client: w.web, URL: w.lab.KeystoneURL, Token: a.Token()}.Rescope(t.Context(), project)
	if err != nil || scoped.Status != http.StatusCreated {
		t.Fatalf("scoping to the project: %d, %v", scoped.Status, err)
	}
	user := bodyOf(t, a).Token.User.ID
	credential := object{"application_credential": object{"name": "made", "roles": []object{{"id": role}}}}
	trust := object{"trust": object{"trustor_user_id": user, "trustee_user_id": w.cloud.locals["keeper"], "project_id": project, "impersonation": false, "roles": []object{{"id": role}}}}
	return []int{w.ask(t, scoped, "users/"+user+"/application_credentials", credential), w.ask(t, scoped, "OS-TRUST/trusts", trust)}
}

// ask posts with the token of an answer, and gives the status.
func (w *mappingWorld) ask(t *testing.T, from keystone.Answer, path string, body object) int {
	t.Helper()
	header := http.Header{"X-Auth-Token": {from.Token().Reveal()}}
	a, err := keystone.Ask(t.Context(), w.web, keystone.Request{Method: http.MethodPost, URL: w.lab.KeystoneURL + "/v3/" + path, Header: header, Body: body})
	if err != nil {
		t.Fatal(err)
	}
	return a.Status
}
