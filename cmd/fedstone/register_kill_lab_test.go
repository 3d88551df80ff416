package main

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

// kills is how often a run is killed. Each takes half a second.
const kills = 8

// killed: a run that is killed at any moment is carried on by the next one. At Keycloak
// nothing is lost; where the provider chooses ids, what may be is told.
func (r registered) killed(t *testing.T) {
	for i := range kills {
		idp := []string{"corp", "campus"}[i%2]
		cmd := r.command("register", "--idp", idp, "--rotate", r.id(t, idp))
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(rand.N(250 * time.Millisecond))
		_ = cmd.Process.Kill()
		_ = cmd.Wait() // killed or not
		if out := r.register(t, 0, "--prune --idp "+idp); strings.Contains(out, "eyJ") {
			t.Error("a token was told")
		}
		r.register(t, 0, "--plan --idp "+idp, "2 unchanged")
		if err := r.tokenFor(t, idp, r.id(t, idp), r.text(t, "secrets/"+idp+"-cli")); err != nil {
			t.Errorf("%s: %v", idp, err)
		}
	}
}
