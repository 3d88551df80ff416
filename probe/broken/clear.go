package broken

import (
	"context"
	"errors"
	"net/http"
	"testing"

	"github.com/gophercloud/gophercloud/v2"
	"github.com/gophercloud/gophercloud/v2/openstack/identity/v3/domains"

	"github.com/fedstone/fedstone/internal/keystone"
)

// clear takes away what the house has made, or an earlier one has left. It also
// runs when the test's own context has ended.
func (h *House) clear(t testing.TB) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	var failed []error
	for _, c := range h.cases {
		failed = append(failed, h.remove(ctx, "OS-FEDERATION/identity_providers/"+c.Name), h.remove(ctx, "OS-FEDERATION/mappings/"+c.mapping()))
	}
	failed = append(failed, h.clearDomain(ctx))
	if err := errors.Join(failed...); err != nil {
		t.Error(err)
	}
}

// clearDomain takes the domain away with everything in it; an enabled one cannot be deleted.
func (h *House) clearDomain(ctx context.Context) error {
	page, err := domains.List(h.admin, domains.ListOpts{Name: domainName}).AllPages(ctx)
	if err != nil {
		return err
	}
	found, err := domains.ExtractDomains(page)
	for _, d := range found {
		disabled := false
		_, off := domains.Update(ctx, h.admin, d.ID, domains.UpdateOpts{Enabled: &disabled}).Extract()
		err = errors.Join(err, off, domains.Delete(ctx, h.admin, d.ID).ExtractErr())
	}
	return err
}

// remove deletes what may be missing.
func (h *House) remove(ctx context.Context, path string) error {
	_, err := h.admin.Delete(ctx, h.admin.ServiceURL(path), &gophercloud.RequestOpts{OkCodes: []int{http.StatusNoContent}})
	if keystone.IsNotFound(err) {
		return nil
	}
	return err
}
