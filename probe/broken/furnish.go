package broken

import (
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/gophercloud/gophercloud/v2"
	"github.com/gophercloud/gophercloud/v2/openstack/identity/v3/domains"
	"github.com/gophercloud/gophercloud/v2/openstack/identity/v3/groups"
	"github.com/gophercloud/gophercloud/v2/openstack/identity/v3/projects"
	"github.com/gophercloud/gophercloud/v2/openstack/identity/v3/roles"

	"github.com/fedstone/fedstone/internal/keystone"
)

// domainName is the domain of everything that the house makes.
const domainName = "broken"

// furnish makes the objects of every case in the lab's Keystone. What an earlier
// run that was killed has left is removed first.
func (h *House) furnish(t testing.TB) {
	t.Helper()
	h.admin = h.connect(t)
	h.clear(t)
	t.Cleanup(func() { h.clear(t) })
	domain := h.makeDomain(t)
	var work sync.WaitGroup
	for part := range slices.Chunk(h.cases, len(h.cases)/4+1) {
		work.Go(func() {
			for _, c := range part {
				h.makeObjects(t, c, domain)
			}
		})
	}
	work.Wait()
}

func (h *House) connect(t testing.TB) *gophercloud.ServiceClient {
	t.Helper()
	environment := map[string]string{}
	for _, line := range h.lab.Env() {
		name, value, _ := strings.Cut(line, "=")
		environment[name] = value
	}
	lookup := func(name string) (string, bool) { v, ok := environment[name]; return v, ok }
	c, err := keystone.Connect(t.Context(), keystone.Auth{CAFile: h.lab.CAFile, LookupEnv: lookup})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// makeDomain makes the domain with a group, and a project on which the group has a role.
func (h *House) makeDomain(t testing.TB) string {
	t.Helper()
	ctx := t.Context()
	domain, err := domains.Create(ctx, h.admin, domains.CreateOpts{Name: domainName}).Extract()
	if err != nil {
		t.Fatal(err)
	}
	group, err := groups.Create(ctx, h.admin, groups.CreateOpts{Name: "cloud-users", DomainID: domain.ID}).Extract()
	if err != nil {
		t.Fatal(err)
	}
	project, err := projects.Create(ctx, h.admin, projects.CreateOpts{Name: "demo", DomainID: domain.ID}).Extract()
	if err != nil {
		t.Fatal(err)
	}
	if err := roles.Assign(ctx, h.admin, h.role(t, "member"), roles.AssignOpts{GroupID: group.ID, ProjectID: project.ID}).ExtractErr(); err != nil {
		t.Fatal(err)
	}
	return domain.ID
}

func (h *House) role(t testing.TB, name string) string {
	t.Helper()
	page, err := roles.List(h.admin, roles.ListOpts{Name: name}).AllPages(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	found, err := roles.ExtractRoles(page)
	if err != nil || len(found) != 1 {
		t.Fatalf("%d roles %s: %v", len(found), name, err)
	}
	return found[0].ID
}

// makeObjects makes what the case has; its protocol needs a mapping, which may be
// deleted afterwards.
func (h *House) makeObjects(t testing.TB, c Case, domain string) {
	lacks := func(what string) bool { return slices.Contains(c.Objects.Absent, what) }
	if lacks("identity_provider") {
		return
	}
	ctx, must := t.Context(), func(err error) {
		if err != nil {
			t.Errorf("%s: %v", c.Name, err)
		}
	}
	idp := keystone.IdentityProvider{ID: c.Name, Enabled: !c.Objects.Disabled, DomainID: domain, RemoteIDs: c.remoteIDs()}
	must(keystone.CreateIdentityProvider(ctx, h.admin, idp))
	if lacks("protocol") {
		return
	}
	must(keystone.CreateMapping(ctx, h.admin, keystone.Mapping{ID: c.mapping(), Rules: json.RawMessage(read(t, "rules", c.rules()+".json"))}))
	must(keystone.CreateProtocol(ctx, h.admin, c.Name, keystone.Protocol{ID: c.protocol(), MappingID: c.mapping(), RemoteIDAttribute: c.Objects.Attribute}))
	if lacks("mapping") {
		must(h.remove(ctx, "OS-FEDERATION/mappings/"+c.mapping()))
	}
}

func (c Case) remoteIDs() []string {
	if c.Objects.RemoteIDs == nil {
		return []string{issuerOf(c.Name)}
	}
	ids := []string{}
	for _, id := range c.Objects.RemoteIDs {
		ids = append(ids, strings.ReplaceAll(id, "{issuer}", issuerOf(c.Name)))
	}
	return ids
}

func (c Case) mapping() string { return "broken-" + c.Name }

func (c Case) rules() string {
	if c.Objects.Rules == "" {
		return "sound"
	}
	return c.Objects.Rules
}

func (c Case) protocol() string {
	if c.Objects.Protocol == "" {
		return "openid"
	}
	return c.Objects.Protocol
}
