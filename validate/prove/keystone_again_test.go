package prove_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/validate/prove"
)

// TestKeystoneAgain: one Keystone serves many logins, of old users and of new ones.
func TestKeystoneAgain(t *testing.T) {
	t.Parallel()
	keystone := prove.StartKeystone(t, "testdata/keystone/good", objects(mapped))
	var got []int
	for _, user := range []string{"alice", "bob", "alice", "carol"} {
		got = append(got, keystone.Ask(t, prove.Call{Env: map[string]string{"OIDC-iss": op1, "OIDC-sub": user}}).Status)
	}
	if diff := cmp.Diff([]int{201, 201, 201, 201}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
