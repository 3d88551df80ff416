package login_test

import (
	"strings"
	"testing"
	"time"

	"github.com/fedstone/fedstone/internal/login"
)

// Where nobody is there, what is kept is used and renewed, and a login that would
// need a person fails, with the way out, and without a request.
func TestUnattended(t *testing.T) {
	w := newWorld(t)
	alone := func() *login.Logins { l := w.logins(); l.Unattended = true; return l }
	_, err := alone().Get(t.Context(), w.code())
	if err == nil || !strings.Contains(err.Error(), "needs a person") || !strings.Contains(err.Error(), "fedstone token --idp corp") {
		t.Errorf("without a kept login: %v", err)
	}
	if w.asked() != 0 {
		t.Errorf("%d requests for a login that nobody can make", w.asked())
	}
	w.get(w.logins(), w.code())
	if got := w.get(alone(), w.code()); !strings.HasPrefix(got.How, "cached") {
		t.Errorf("with a kept login: %q", got.How)
	}
	w.now = w.now.Add(5 * time.Minute)
	if got := w.get(alone(), w.code()); got.How != "refreshed" {
		t.Errorf("with a kept refresh token: %q", got.How)
	}
}
