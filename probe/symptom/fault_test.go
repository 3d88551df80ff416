package symptom

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/oidc"
)

// TestFaults: words of the real programs, and what is made of them.
func TestFaults(t *testing.T) {
	for name, tc := range map[string]struct {
		fault Fault
		slug  string
	}{
		"Keycloak, another secret": {Fault{Kind: oidc.GrantRefused, Got: "the provider refused (401): unauthorized_client Invalid client or Invalid client credentials"}, "client-unknown-to-issuer"},
		"Keycloak, no such grant":  {Fault{Kind: oidc.GrantRefused, Got: "the provider refused (401): unauthorized_client Client not enabled to retrieve service account"}, "grant-not-allowed"},
		"no network":               {Fault{Kind: oidc.Network, Got: "the connection broke: network is unreachable"}, "network-unreachable"},
		"no way there":             {Fault{Kind: oidc.Network, Got: "the connection broke: no route to host"}, "network-unreachable"},
		"hung up":                  {Fault{Kind: oidc.Network, Got: "the connection broke: EOF"}, "connection-broken"},
	} {
		c := inquiry{facts: Facts{Step: "reach", Names: names, Fault: tc.fault}, ask: func(context.Context, Question) (keystone.Answer, error) {
			return keystone.Answer{}, errors.New("not asked")
		}}
		if got, ok := c.find(t.Context()); !ok || got.Slug != tc.slug {
			t.Errorf("%s: %q, want %q", name, got.Slug, tc.slug)
		}
	}
}

// TestDoorNamesItsClients: the section that a mend gives lets in the clients of the
// description alone.
func TestDoorNamesItsClients(t *testing.T) {
	n := names
	n.Clients = []string{"cli", "terraform"}
	got := Facts{Names: n}.named(addLocation)
	for _, client := range n.Clients {
		if !strings.Contains(got, "\n      Require claim azp:"+client+"\n") {
			t.Errorf("%s is not named in\n%s", client, got)
		}
	}
	if n.Clients = nil; !strings.Contains(Facts{Names: n}.named(addLocation), "    # no bearer:") {
		t.Error("that any client may is not told")
	}
}
