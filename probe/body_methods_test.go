package probe

import "testing"

// Keystone makes a set of the methods (keystone/api/_shared/authentication.py), so
// that their order differs from one process to the next.
func TestMethodsInAnyOrder(t *testing.T) {
	for _, methods := range [][]any{{"token", "openid"}, {"openid", "token"}} {
		body := tokenOf(t, scopedAnswer)
		put("methods", methods)(body)
		for _, w := range judgingOf(t).wrongs(body, scopeRules()) {
			t.Errorf("%v: %v", methods, w.words)
		}
	}
}
