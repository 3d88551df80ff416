package probe

import (
	"context"
	"fmt"
	"slices"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/oidc"
)

// jwks gets the issuer's keys from where httpd gets them.
func jwks(ctx context.Context, v *visit) outcome {
	keys, err := oidc.FetchKeys(ctx, v.web, v.doc.JWKSURI)
	if err != nil {
		return issuerFailed(err)
	}
	v.keys, v.facts[haveKeys] = keys, true
	v.found.Seen.KeyIDs = slices.Sorted(slices.Values(keys.IDs()))
	notes := append([]string{fmt.Sprintf("keys for signatures: %d", keys.Len())}, keys.Skipped...)
	return outcome{verdict: Pass, status: 200, by: keystone.ByIDP, notes: notes}
}
