package probe

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"github.com/fedstone/fedstone/internal/keystone"
)

// revoke ends every Keystone token of this walk, the last one first, and sees
// that it no longer counts.
func revoke(ctx context.Context, v *visit) outcome {
	if len(v.issued) == 0 {
		return skipped("no Keystone token was issued")
	}
	own, cancel := cleanup(ctx)
	defer cancel()
	v.meetHanded(own)
	count, left, last := len(v.issued), []keystone.Session(nil), outcome{}
	for _, s := range slices.Backward(v.issued) {
		if o := v.end(own, s); o.verdict == Fail {
			left, last = append(left, s), o
		}
	}
	v.issued = left
	if len(left) > 0 {
		return last
	}
	return outcome{verdict: Pass, status: http.StatusNoContent, by: keystone.ByItself, notes: []string{fmt.Sprintf("Keystone tokens ended: %d", count)}}
}

func (v *visit) end(ctx context.Context, s keystone.Session) outcome {
	deleted, err := s.Revoke(ctx)
	if err != nil {
		return v.unreachable(v.url, err)
	}
	after, err := s.Validate(ctx)
	switch {
	case err != nil:
		return v.unreachable(v.url, err)
	case after.Status == http.StatusUnauthorized || after.Status == http.StatusNotFound:
		return passed(deleted)
	case deleted.Status == http.StatusNoContent:
		return failed(after, fmt.Sprintf("Keystone said that it revoked the token, but validating it still gives %d", after.Status),
			"see that all Keystone processes share one database and cache ([cache] of keystone.conf)")
	}
	return v.explain(ctx, "revoke", deleted)
}
