package probe

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/probe/symptom"
)

// readsCopy: the copy of the keys is shown to an administrator alone.
func readsCopy(v *visit) bool { return v.service && v.opts.Pasted != nil }

// pastedKeys holds the service's copy of the issuer's keys against those of now. It
// comes before the exchange, which a missing key makes fail.
func pastedKeys(ctx context.Context, v *visit) outcome {
	pasted, there, err := v.opts.Pasted(ctx, v.found.ID)
	if err != nil {
		return failed(keystone.Answer{}, "the OpenID Connect configuration could not be read: "+err.Error(), "the account needs the policy Security Administrator")
	}
	if !there {
		return v.faulty(ctx, "pasted-keys", keystone.Answer{}, []wrong{{symptom.NoConfiguration, nil}})
	}
	copied, err := oidc.ParseKeys([]byte(pasted))
	if err != nil {
		v.drift = "it is no key set: " + err.Error()
		return v.drifted(ctx)
	}
	drift := oidc.DriftOf(copied, v.keys)
	if v.drift = missingKeys(drift.Missing); v.drift != "" {
		return v.drifted(ctx)
	}
	notes := []string{fmt.Sprintf("signing_key has all %d keys of the issuer", v.keys.Len())}
	if len(drift.Stale) > 0 {
		notes = append(notes, "it still has keys that the issuer does not publish any more: "+strings.Join(drift.Stale, ", "))
	}
	return outcome{verdict: Pass, status: http.StatusOK, by: keystone.ByItself, notes: notes}
}

func (v *visit) drifted(ctx context.Context) outcome {
	return v.faulty(ctx, "pasted-keys", keystone.Answer{}, []wrong{{symptom.KeysDrifted, map[string]string{"seen": v.drift}}})
}

func missingKeys(missing []oidc.MissingKey) string {
	var names []string
	for _, m := range missing {
		name := fmt.Sprintf("%q", m.ID)
		if m.Other {
			name += " (it has another key of that id)"
		}
		if !m.Since.IsZero() {
			name += " (made " + m.Since.UTC().Format("2006-01-02 15:04 MST") + ")"
		}
		names = append(names, name)
	}
	if len(names) == 0 {
		return ""
	}
	return "it lacks " + strings.Join(names, ", ")
}
