package examples_test

import (
	"context"
	"encoding/json"
	"path"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/fedstone/fedstone/internal/keystone"
)

// object is a JSON object of Keystone's API.
type object = map[string]any

// furnish makes what the examples ask for: the domain, groups, a local user, a
// role of another domain, identity providers.
func (w *mappingWorld) furnish(t *testing.T) {
	t.Helper()
	id := func(path, kind string, body object) string {
		return w.post(t, path, object{kind: body})[kind].(object)["id"].(string)
	}
	domain := id("domains", "domain", object{"name": "examples"})
	w.cloud = cloud{idp: domain, domains: map[string]string{"examples": domain, "Default": "default"}, locals: map[string]string{}}
	for _, name := range []string{"cloud-users", "readers"} {
		w.cloud.groups = append(w.cloud.groups, cloudGroup{id("groups", "group", object{"name": name, "domain_id": domain}), name, domain})
	}
	w.cloud.locals["keeper"] = id("users", "user", object{"name": "keeper", "domain_id": domain})
	id("roles", "role", object{"name": "janitor", "domain_id": "default"})
	w.install(t, []byte(`{"rules": [{"local": [], "remote": [{"type": "none"}]}]}`))
	for _, issuer := range []string{"corp", "campus", "own"} {
		// Without remote ids: those of the lab's issuers belong to the quickstart.
		p := keystone.IdentityProvider{ID: w.idp(issuer), Enabled: true, DomainID: domain, RemoteIDs: []string{}}
		if err := keystone.CreateIdentityProvider(t.Context(), w.admin, p); err != nil {
			t.Fatal(err)
		}
		if err := keystone.CreateProtocol(t.Context(), w.admin, p.ID, keystone.Protocol{ID: "openid", MappingID: mappingID}); err != nil {
			t.Fatal(err)
		}
	}
}

// install makes a mapping the one that every login of this test goes through.
func (w *mappingWorld) install(t *testing.T, text []byte) {
	t.Helper()
	m := keystone.Mapping{ID: mappingID}
	if err := json.Unmarshal(text, &m); err != nil {
		t.Fatal(err)
	}
	err := keystone.UpdateMapping(t.Context(), w.admin, m)
	if keystone.IsNotFound(err) {
		err = keystone.CreateMapping(t.Context(), w.admin, m)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// clear takes away what furnish made, here or in a run that was killed.
func (w *mappingWorld) clear(t *testing.T) {
	t.Helper()
	for _, idp := range w.list(t, "OS-FEDERATION/identity_providers", "") {
		if id := idp["id"].(string); strings.HasPrefix(id, mappingID+"-") {
			w.remove(t, "OS-FEDERATION/identity_providers/"+id)
		}
	}
	w.remove(t, "OS-FEDERATION/mappings/"+mappingID)
	for _, role := range w.list(t, "roles", query("domain_id", "default")) {
		if role["name"] == "janitor" {
			w.remove(t, "roles/"+role["id"].(string))
		}
	}
	for _, domain := range w.list(t, "domains", query("name", "examples")) {
		address := w.admin.ServiceURL("domains", domain["id"].(string))
		if _, err := w.admin.Patch(background(t), address, object{"domain": object{"enabled": false}}, nil, nil); err != nil {
			t.Error(err)
		}
		w.remove(t, "domains/"+domain["id"].(string))
	}
}

// forget takes away the users and projects that a login has made. With a user,
// Keystone revokes all tokens of the user's id that are issued until the second
// is over, and the next login may have the same id.
func (w *mappingWorld) forget(t *testing.T) {
	t.Helper()
	if w.removeMade(t, "projects")+w.removeMade(t, "users") > 0 {
		time.Sleep(time.Until(time.Now().Truncate(time.Second).Add(time.Second)))
	}
}

// removeMade removes what furnish has not made, and gives how many there were.
func (w *mappingWorld) removeMade(t *testing.T, kind string) int {
	t.Helper()
	n := 0
	for _, o := range w.list(t, kind, query("domain_id", w.cloud.idp)) {
		if o["name"] != "keeper" {
			w.remove(t, kind+"/"+o["id"].(string))
			n++
		}
	}
	return n
}

// userDetails gives a user's email, and the unique id of a federated one.
func (w *mappingWorld) userDetails(t *testing.T, id string) (email, unique string) {
	t.Helper()
	var body struct {
		User struct {
			Email     string
			Federated []struct {
				Protocols []struct {
					UniqueID string `json:"unique_id"`
				}
			}
		}
	}
	w.get(t, "users/"+id, &body)
	for _, f := range body.User.Federated {
		unique = f.Protocols[0].UniqueID
	}
	return body.User.Email, unique
}

// assignments gives the names of the user's own roles by project.
func (w *mappingWorld) assignments(t *testing.T, user string) map[string][]string {
	t.Helper()
	var roles map[string][]string
	for _, a := range w.list(t, "role_assignments", query("user.id", user)+"&include_names=true") {
		if roles == nil {
			roles = map[string][]string{}
		}
		project := a["scope"].(object)["project"].(object)["name"].(string)
		roles[project] = append(roles[project], a["role"].(object)["name"].(string))
		slices.Sort(roles[project])
	}
	return roles
}

func (w *mappingWorld) get(t *testing.T, path string, into any) {
	t.Helper()
	if _, err := w.admin.Get(background(t), w.admin.ServiceURL(path), into, nil); err != nil {
		t.Fatal(err)
	}
}

// list gives the objects of a collection.
func (w *mappingWorld) list(t *testing.T, collection, query string) []object {
	t.Helper()
	var body map[string]json.RawMessage
	w.get(t, collection+query, &body)
	var list []object
	if err := json.Unmarshal(body[path.Base(collection)], &list); err != nil {
		t.Fatal(err)
	}
	return list
}

func (w *mappingWorld) post(t *testing.T, path string, body object) object {
	t.Helper()
	var answer object
	if _, err := w.admin.Post(t.Context(), w.admin.ServiceURL(path), body, &answer, nil); err != nil {
		t.Fatal(err)
	}
	return answer
}

// remove deletes what is there.
func (w *mappingWorld) remove(t *testing.T, path string) {
	t.Helper()
	if _, err := w.admin.Delete(background(t), w.admin.ServiceURL(path), nil); err != nil && !keystone.IsNotFound(err) {
		t.Errorf("DELETE %s: %v", path, err)
	}
}

// background is a context for what must also be done when the test has ended.
func background(t *testing.T) context.Context { return context.WithoutCancel(t.Context()) }
