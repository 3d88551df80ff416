package probe

import (
	"context"
	"fmt"
	"slices"

	"github.com/fedstone/fedstone/internal/keystone"
)

// meet remembers the shadow user of a token, whom Keystone keeps after the token
// (keystone/identity/core.py, shadow_federated_user). A local user was there before.
func (v *visit) meet(body []byte) {
	t, fault := parseToken(body)
	if fault != nil || t.at(federationPath) == nil || t.text("user.name") == "" {
		return
	}
	name := v.clean(fmt.Sprintf("%s (%s)", t.text("user.name"), t.text("user.domain.name")))
	if !slices.Contains(v.found.Shadows, name) {
		v.found.Shadows = append(v.found.Shadows, name)
	}
}

// meetHanded asks whose the tokens are that were handed to dashboards: nobody has
// seen their bodies.
func (v *visit) meetHanded(ctx context.Context) {
	for _, s := range v.handed {
		if a, err := s.Validate(ctx); err == nil && a.AnsweredBy == keystone.ByItself {
			v.meet(a.Body)
		}
	}
	v.handed = nil
}
