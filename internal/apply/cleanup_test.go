package apply_test

import (
	"context"
	"strings"
	"testing"

	"github.com/gophercloud/gophercloud/v2/openstack/identity/v3/domains"
	"github.com/gophercloud/gophercloud/v2/openstack/identity/v3/roles"

	"github.com/fedstone/fedstone/internal/keystone"
)

// remove takes away what a scenario left on a real Keystone: its names end with
// the suffix. Projects and groups go with their domain.
func (g target) remove(t *testing.T) {
	ctx := context.Background()
	idps, err := keystone.ListIdentityProviders(ctx, g.client)
	if err != nil {
		t.Error(err)
	}
	for _, idp := range idps {
		if strings.HasSuffix(idp.ID, g.suffix) {
			g.delete(t, "OS-FEDERATION/identity_providers/"+idp.ID)
			g.delete(t, "OS-FEDERATION/mappings/"+idp.ID)
		}
	}
	pages, err := domains.List(g.client, domains.ListOpts{}).AllPages(ctx)
	if err != nil {
		t.Fatal(err)
	}
	list, err := domains.ExtractDomains(pages)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range list {
		if strings.HasSuffix(d.Name, g.suffix) {
			g.deleteDomain(t, d.ID)
		}
	}
}

func (g target) deleteDomain(t *testing.T, id string) {
	off := false
	if _, err := domains.Update(context.Background(), g.client, id, domains.UpdateOpts{Enabled: &off}).Extract(); err != nil {
		t.Error(err)
	}
	g.delete(t, "domains/"+id)
}

func (g target) delete(t *testing.T, path string) {
	if _, err := g.client.Delete(context.Background(), g.client.ServiceURL(path), nil); err != nil {
		t.Error(err)
	}
}

// makeRole makes a domain's own role, which goes with the domain.
func (g target) makeRole(t *testing.T, domain, name string) {
	t.Helper()
	if err := roles.Create(t.Context(), g.client, roles.CreateOpts{Name: name, DomainID: domain}).Err; err != nil {
		t.Fatal(err)
	}
}
