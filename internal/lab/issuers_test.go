package lab

import (
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// checkIssuer holds an issuer against what every issuer of a lab promises.
func checkIssuer(t *testing.T, l *Lab, issuer Issuer, clientClaim string) {
	t.Run(issuer.Name, func(t *testing.T) {
		if got := getJSON(t, mustClient(t, l), issuer.URL+"/.well-known/openid-configuration")["issuer"]; got != issuer.URL {
			t.Errorf("its document names issuer %v, want %s", got, issuer.URL)
		}
		t.Run("client credentials", func(t *testing.T) { checkClientCredentials(t, l, issuer, clientClaim) })
		t.Run("password and refresh", func(t *testing.T) { checkPassword(t, l, issuer, clientClaim) })
		t.Run("wrong password", func(t *testing.T) {
			status, got := grant(t, l, issuer, "keystone-cli", password("alice", "wrong"))
			if (status != 400 && status != 401) || got["error"] != "invalid_grant" {
				t.Errorf("answer %d %v, want 400 or 401 and invalid_grant", status, got["error"])
			}
		})
	})
}

func checkClientCredentials(t *testing.T, l *Lab, issuer Issuer, clientClaim string) {
	for client, want := range map[string]map[string]any{
		"keystone-cli": {"iss": issuer.URL, "aud": "keystone", clientClaim: "keystone-cli", "preferred_username": "service-account-keystone-cli", "groups": []any{"cloud-users"}},
		"wiki":         {"iss": issuer.URL, "aud": "keystone", clientClaim: "wiki", "preferred_username": "service-account-wiki"},
	} {
		status, got := grant(t, l, issuer, client, url.Values{"grant_type": {"client_credentials"}})
		if status != 200 {
			t.Fatalf("%s: %d %v", client, status, got["error"])
		}
		if diff := cmp.Diff(want, pick(claims(t, got["access_token"]), want)); diff != "" {
			t.Errorf("%s's token (-want +got):\n%s", client, diff)
		}
	}
}

func checkPassword(t *testing.T, l *Lab, issuer Issuer, clientClaim string) {
	for name, groups := range map[string][]any{"alice": {"cloud-admins", "cloud-users"}, "bob": {"readers"}, "carol": {"readers"}, "mallory": nil} {
		status, got := grant(t, l, issuer, "keystone-cli", password(name, l.mustSecret(t, issuer.Name+"-user-"+name)))
		if status != 200 {
			t.Fatalf("%s: %d %v", name, status, got["error"])
		}
		person := map[string]any{"iss": issuer.URL, "preferred_username": name, "email": name + "@example.org", "email_verified": true}
		if groups != nil {
			person["groups"] = groups
		}
		checkTokens(t, got, person, clientClaim)
		status, again := grant(t, l, issuer, "keystone-cli", url.Values{"grant_type": {"refresh_token"}, "refresh_token": {got["refresh_token"].(string)}})
		if status != 200 {
			t.Fatalf("%s, refreshing: %d %v", name, status, again["error"])
		}
		checkTokens(t, again, person, clientClaim)
	}
}

// checkTokens compares the access token and the ID token with a person's claims.
func checkTokens(t *testing.T, answer, person map[string]any, clientClaim string) {
	t.Helper()
	for field, own := range map[string]map[string]any{"access_token": {"aud": "keystone", clientClaim: "keystone-cli"}, "id_token": {"aud": "keystone-cli"}} {
		for name, value := range person {
			own[name] = value
		}
		if diff := cmp.Diff(own, pick(claims(t, answer[field]), own)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", field, diff)
		}
	}
}

func password(name, word string) url.Values {
	return url.Values{"grant_type": {"password"}, "username": {name}, "password": {word}, "scope": {"openid profile email groups"}}
}

// checkRestated: what Keycloak says of a token's audience is not the token's own aud where the audience mapper of the client in
// its azp is left as it is (wiki's). Who asks makes no difference.
func checkRestated(t *testing.T, l *Lab, issuer Issuer) {
	alice := password("alice", l.mustSecret(t, issuer.Name+"-user-alice"))
	for client, want := range map[string]any{"wiki": []any{"wiki", "keystone"}, "keystone-cli": "keystone-cli"} {
		_, got := grant(t, l, issuer, client, alice)
		for _, asker := range []string{"keystone", "keystone-asks"} {
			_, answer := askAs(t, l, issuer, asker, "introspection_endpoint", url.Values{"token": {got["id_token"].(string)}})
			if diff := cmp.Diff(map[string]any{"active": true, "token_type": "ID", "aud": want}, pick(answer, map[string]any{"active": nil, "token_type": nil, "aud": nil})); diff != "" {
				t.Errorf("%s's ID token, asked about by %s (-want +got):\n%s", client, asker, diff)
			}
		}
	}
}

func TestKeycloak(t *testing.T) {
	l := up(t, Options{Keycloak: true})
	for _, issuer := range l.Issuers {
		checkIssuer(t, l, issuer, "azp")
		t.Run(issuer.Name+" asked about tokens", func(t *testing.T) { checkRestated(t, l, issuer) })
		t.Run(issuer.Name+" as a SAML identity provider", func(t *testing.T) { checkIntroduced(t, l, issuer) })
	}
	if len(l.Issuers) != 2 {
		t.Errorf("issuers %v, want corp and partner", l.Issuers)
	}
	checkNoSecretLeaks(t, l)
}
