package keystone_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/validate/prove"
)

// mixesUsers shows that the firing configuration has several threads where the mend has
// one, and what Keystone makes of two users whom threads of one process serve.
func mixesUsers(t *testing.T, fires, silent string) {
	runsThreads(t, fires, "True")
	runsThreads(t, silent, "False")
	// Without a process group of its own it runs in those of httpd.
	runsThreads(t, silent, "True", prove.Replace("    WSGIProcessGroup keystone-public\n", ""), prove.Replace(" process-group=keystone-internal", ""))
	// What a WSGIScriptAlias says itself comes before WSGIProcessGroup.
	const internal = "    ServerName internal.example.org\n"
	runsThreads(t, silent, "False", prove.Replace(internal, internal+"    WSGIProcessGroup status\n"))
	mixesProjects(t, fires)
}

func runsThreads(t *testing.T, dir, want string, options ...prove.Option) {
	t.Helper()
	site := prove.Start(t, dir, options...)
	for _, port := range []int{5000, 5001} {
		got := site.Ask(t, prove.Ask{Path: "/v3", Port: port})
		if got.Env["wsgi.multithread"] != want {
			t.Errorf("%s, port %d: %d, threads %q, want %s", dir, port, got.Status, got.Env["wsgi.multithread"], want)
		}
	}
}

// mixesProjects has two users ask for their projects: one after the other each is told
// of an own one, and at the same time both are told of one and the same.
func mixesProjects(t *testing.T, fires string) {
	k := prove.StartKeystone(t, fires, ownProjects())
	var asks []prove.Call
	for _, user := range []string{"alice", "bob"} {
		login := k.Ask(t, prove.Call{Env: map[string]string{"OIDC-iss": issuer, "OIDC-sub": user}})
		ask := prove.Call{Method: http.MethodGet, Path: "/v3/auth/projects", Header: map[string]string{"X-Auth-Token": login.Header.Get("X-Subject-Token")}}
		if got := projectsIn(t, k.Ask(t, ask)); got != "of "+user {
			t.Fatalf("alone, %s is told of %q (%d %s)", user, got, login.Status, login.Reason)
		}
		asks = append(asks, ask)
	}
	replies := k.AskTogether(t, asks...)
	alice, bob := projectsIn(t, replies[0]), projectsIn(t, replies[1])
	if alice != bob || alice == "" {
		t.Errorf("together, alice is told of %q and bob of %q, want one and the same", alice, bob)
	}
}

// ownProjects give each user a group, and each group a project.
func ownProjects() prove.Objects {
	o := objects()
	o.Roles = []string{"member"}
	for _, user := range []string{"alice", "bob"} {
		o.Groups = append(o.Groups, prove.Named{ID: user, Name: user, Domain: "default"})
		o.Projects = append(o.Projects, prove.Named{ID: user, Name: "of " + user, Domain: "default"})
		o.Assignments = append(o.Assignments, prove.Assignment{Role: "member", Group: user, Project: user})
	}
	o.Mappings["m"] = json.RawMessage(`[{"local": [{"user": {"name": "{0}"}}, {"groups": "{0}", "domain": {"id": "default"}}], "remote": [{"type": "OIDC-sub"}]}]`)
	return o
}

// projectsIn gives the projects' names in an answer.
func projectsIn(t *testing.T, r prove.Reply) string {
	t.Helper()
	var body struct{ Projects []struct{ Name string } }
	if err := json.Unmarshal([]byte(r.Body), &body); err != nil || r.Status != http.StatusOK {
		t.Errorf("%d %v\n%s%s", r.Status, err, r.Reason, r.Log)
	}
	var names []string
	for _, p := range body.Projects {
		names = append(names, p.Name)
	}
	return strings.Join(names, ", ")
}
