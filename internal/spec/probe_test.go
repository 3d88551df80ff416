package spec

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func probeOf(t *testing.T, text string) *Probe {
	t.Helper()
	fed, list := Load("f.yaml", []byte(minimal+"    probe: "+text+"\n"))
	if len(list) > 0 {
		t.Fatal(list)
	}
	return fed.IdentityProviders[0].Probe
}

func TestExpect(t *testing.T) {
	e := probeOf(t, "{grant: stdin, user: alice, expect: {groups: [], roles: [member], lifetime: 1h30m}}").Expect
	if e.User.Value != "alice" || e.Groups == nil || len(e.Groups) != 0 || e.Projects != nil || e.LeastLifetime() != 90*time.Minute {
		t.Errorf("got %+v, lifetime %s", e, e.LeastLifetime())
	}
	if alone := probeOf(t, "{grant: stdin, user: alice}").Expect; alone == nil || alone.User.Value != "alice" || alone.LeastLifetime() != 0 {
		t.Errorf("user alone: %+v", alone)
	}
	if none := probeOf(t, "{grant: stdin}").Expect; none != nil {
		t.Errorf("nothing expected: %+v", none)
	}
}

func TestRefused(t *testing.T) {
	type told struct {
		Name, Client, Key, File string
		Wait                    time.Duration
	}
	var got []told
	for _, r := range probeOf(t, "{grant: stdin, must_be_refused: {old: {client: {id: keystone, key: k}, after: 5s}, saved: {token_file: t}}}").Refused {
		got = append(got, told{r.Name.Value, r.Client.ID.Value, r.Client.Key.Value, r.TokenFile.Value, r.Wait()})
	}
	want := []told{{"old", "keystone", "k", "", 5 * time.Second}, {"saved", "", "", "t", 0}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
