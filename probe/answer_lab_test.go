package probe_test

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/gophercloud/gophercloud/v2"
	"github.com/gophercloud/gophercloud/v2/openstack/identity/v3/endpoints"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// step is what the report tells of a step of campus.
type step struct {
	Name, Verdict, Symptom, Cause, Mend string
	Evidence                            []string
}

func (s step) said() string {
	return s.Cause + "\n" + s.Mend + "\n" + strings.Join(s.Evidence, "\n")
}

// probeCampus probes the provider campus, whose user is in the group cloud-users
// alone, with what is expected of it.
func probeCampus(t *testing.T, d labtest.Deployment, expect, name string) step {
	t.Helper()
	old, err := os.ReadFile(d.File)
	if err != nil {
		t.Fatal(err)
	}
	const client = "client: {id: keystone-cli, secret: {env: CAMPUS_CLI_SECRET}}\n"
	text := bytes.Replace(old, []byte(client), []byte(client+"      expect: "+expect+"\n"), 1)
	if bytes.Equal(old, text) {
		t.Fatal("the example has no client for campus: the case proves nothing")
	}
	given := d
	given.File += ".expect.yaml"
	if err := os.WriteFile(given.File, text, 0o600); err != nil {
		t.Fatal(err)
	}
	out, _ := given.Command("probe", "--idp", "campus", "--format", "json").Output()
	var report struct {
		Providers []struct{ Steps []step } `json:"identity_providers"`
	}
	if err := json.Unmarshal(out, &report); err != nil || len(report.Providers) != 1 {
		t.Fatalf("%v: %s", err, out)
	}
	for _, s := range report.Providers[0].Steps {
		if s.Name == name {
			return s
		}
	}
	t.Fatalf("no step %s: %s", name, out)
	return step{}
}

func TestExpectOnTheLab(t *testing.T) {
	d := labtest.Quickstart(t)
	for expect, want := range map[string]struct {
		verdict string
		says    []string
	}{
		"{user: service-account-keystone-cli, domain: campus, projects: [course], roles: [member, reader], lifetime: 59m}": {"pass", []string{"as expected: user, domain, projects, roles, lifetime"}},
		"{user: alice, domain: Default, groups: [], projects: [], roles: [member], lifetime: 1h1m}": {"fail", []string{
			"user: wanted alice; came service-account-keystone-cli", "domain: wanted Default; came campus", "groups: wanted []", "projects: wanted []; came [course]",
			"roles: wanted [member]; came [member, reader] (Keystone adds implied roles", "lifetime: wanted 1h1m; came 1h",
		}},
		"{groups: [readers, others]}": {"fail", []string{"groups: wanted [readers, others]"}},
		"{groups: [cloud-users]}":     {"skip", []string{"`probe --cloud NAME` asks as an administrator, or set authorization_ttl"}},
	} {
		s := probeCampus(t, d, expect, "expect")
		for _, says := range want.says {
			if s.Verdict != want.verdict || !strings.Contains(s.said(), says) {
				t.Errorf("%s: %s:\n%s\nwant %s with %q", expect, s.Verdict, s.said(), want.verdict, says)
			}
		}
	}
}

// While authorization_ttl lasts, the real Keystone tells a user its groups' names.
func TestGroupNamesOnTheLab(t *testing.T) {
	d := labtest.Quickstart(t)
	admin := connect(t, d)
	set := func(minutes any) {
		_, err := admin.Patch(t.Context(), admin.ServiceURL("OS-FEDERATION", "identity_providers", "campus"),
			map[string]any{"identity_provider": map[string]any{"authorization_ttl": minutes}}, nil, &gophercloud.RequestOpts{OkCodes: []int{200}})
		if err != nil {
			t.Fatal(err)
		}
	}
	set(10)
	defer set(nil)
	if s := probeCampus(t, d, "{groups: [cloud-users]}", "expect"); s.Verdict != "pass" {
		t.Errorf("%s:\n%s", s.Verdict, s.said())
	}
	if s := probeCampus(t, d, "{groups: [readers]}", "expect"); s.Verdict != "fail" || !strings.Contains(s.said(), "groups: wanted [readers]; came [cloud-users]") {
		t.Errorf("%s:\n%s", s.Verdict, s.said())
	}
}

// The real catalog, turned to another address.
func TestCatalogOnTheLab(t *testing.T) {
	d := labtest.Quickstart(t)
	if s := probeCampus(t, d, "{}", "catalog"); s.Verdict != "pass" {
		t.Fatalf("before: %s", s.said())
	}
	admin := connect(t, d)
	all, err := endpoints.List(admin, endpoints.ListOpts{Availability: gophercloud.AvailabilityPublic}).AllPages(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	list, err := endpoints.ExtractEndpoints(all)
	if err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
	move := func(url string) {
		if _, err := endpoints.Update(t.Context(), admin, list[0].ID, endpoints.UpdateOpts{URL: url}).Extract(); err != nil {
			t.Fatal(err)
		}
	}
	defer move(list[0].URL)
	for url, slug := range map[string]string{"http://keystone.example.org:5000/v3": "catalog-plain-http", "https://10.0.0.5:5000/v3": "catalog-other-address"} {
		move(url)
		s := probeCampus(t, d, "{}", "catalog")
		if s.Symptom != slug || !strings.Contains(s.Mend, "openstack endpoint set --url "+d.Lab.KeystoneURL+"/v3 "+list[0].ID) {
			t.Errorf("%s: %q:\n%s", url, s.Symptom, s.said())
		}
	}
}

func connect(t *testing.T, d labtest.Deployment) *gophercloud.ServiceClient {
	t.Helper()
	env := map[string]string{}
	for _, line := range labtest.Env(d.Lab) {
		name, value, _ := strings.Cut(line, "=")
		env[name] = value
	}
	client, err := keystone.Connect(t.Context(), keystone.Auth{LookupEnv: func(name string) (string, bool) { v, ok := env[name]; return v, ok }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = keystone.Revoke(t.Context(), client) })
	return client
}
