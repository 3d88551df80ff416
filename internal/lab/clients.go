package lab

import (
	"slices"
	"strconv"
	"strings"
)

// audience is what the access tokens that Keystone takes carry in `aud`.
const audience = "keystone"

// client is a registration, at each issuer alike. The fields below Redirects say what the access tokens are:
// each client whose name is an adjective has tokens with one property wrong, and nothing else.
type client struct {
	ID     string `json:"id"`
	Method string `json:"method"` // token_endpoint_auth_method
	Secret string `json:"secret,omitempty"`
	// KeySet is the public half of the client's key, a JWK set; nil for a client with a secret.
	KeySet    any      `json:"keySet,omitempty"`
	Grants    []string `json:"grants"`
	Redirects []string `json:"redirects"`
	// Returns are where browsers may come back to when they have logged out (OpenID Connect RP-Initiated Logout 1.0).
	Returns []string `json:"returns,omitempty"`
	// Audience is their aud, as JWTs; "" for tokens that are for the issuer itself.
	Audience string `json:"audience"`
	// Restated: Keycloak puts Audience into its answers about the client's tokens (RFC 7662), whatever the token itself says.
	// So an audience mapper does that is not told otherwise.
	Restated bool `json:"-"`
	// Format is jwt or opaque; Keycloak knows JWTs alone.
	Format string `json:"format"`
	// Seconds is how long they live, NotBefore their nbf (a Unix time; 0 for none).
	Seconds   int   `json:"seconds"`
	NotBefore int64 `json:"notBefore,omitempty"`
	// Named is the client that they name.
	Named string `json:"named"`
	// Groups are those of the client's own account, as client credentials show it.
	Groups []string `json:"groups"`
}

// Allows says whether the client may use a grant.
func (c client) Allows(grant string) bool { return slices.Contains(c.Grants, grant) }

// ReturnsJoined is how Keycloak's attribute holds several.
func (c client) ReturnsJoined() string { return strings.Join(c.Returns, "##") }

// fixedClaim is one that Keycloak sets on access tokens, whatever they would say otherwise.
type fixedClaim struct{ Name, Value, Type string }

// Fixed are those of a client with one thing wrong.
func (c client) Fixed() (all []fixedClaim) {
	if c.NotBefore != 0 {
		all = append(all, fixedClaim{"nbf", strconv.FormatInt(c.NotBefore, 10), "long"})
	}
	if c.Named != c.ID {
		all = append(all, fixedClaim{"azp", c.Named, "String"})
	}
	return all
}

// tokenLife is how long an ordinary access token lives, in seconds; shortLife is the client short's. laterOn, 1
// January 2100, is the client early's nbf.
const (
	tokenLife = 300
	shortLife = 2
	laterOn   = 4102444800
)

// clients are the relying party, the command line's clients by each way to authenticate, another program's
// client whose tokens must be refused, and those with one thing wrong.
func (l *Lab) clients() []client {
	party := client{ID: "keystone", Grants: []string{"authorization_code", "refresh_token"}, Redirects: []string{l.redirectURI()}, Returns: l.returns()}
	all := []client{party, commandLine("keystone-cli"), commandLine("keystone-cli-post"), commandLine("keystone-cli-key"), commandLine("keystone-cli-opaque"),
		wiki("wiki"), wiki("wiki-opaque"), asker(),
		flawed("short"), flawed("early"), flawed("elsewhere")}
	for i := range all {
		c := &all[i]
		c.Method, c.Seconds, c.Format = "client_secret_basic", tokenLife, "jwt"
		if c.Named == "" {
			c.Named = c.ID
		}
		c.deviate()
	}
	return all
}

// returns are each dashboard's, with and without a login page of its own.
func (l *Lab) returns() (all []string) {
	for _, dashboard := range []string{l.url(portHorizon), l.SecondDashboard()} {
		all = append(all, dashboard+"/auth/logout/", dashboard+"/auth/login/")
	}
	return all
}

// SecondDashboard is the address of a Horizon that tests start beside the lab's own, with another host.
func (l *Lab) SecondDashboard() string {
	return "https://127.0.0.1:" + strconv.Itoa(l.BasePort+portSecond)
}

// deviate is what a client has that the others have not.
func (c *client) deviate() {
	switch c.ID {
	case "keystone-cli-post":
		c.Method = "client_secret_post"
	case "keystone-cli-key":
		c.Method = "private_key_jwt"
	case "keystone-cli-opaque", "wiki-opaque":
		c.Format = "opaque"
	case "short":
		c.Seconds = shortLife
	case "early":
		c.NotBefore = laterOn
	case "elsewhere":
		c.Audience = "elsewhere"
	}
}

// commandLine is a native app's client (RFC 8252): it comes back to any port of the loopback address.
func commandLine(id string) client {
	return client{ID: id, Audience: audience, Groups: serviceGroups(), Redirects: []string{"http://127.0.0.1/callback", "http://[::1]/callback"},
		Grants: []string{"client_credentials", "password", "refresh_token", "authorization_code", "urn:ietf:params:oauth:grant-type:device_code"}}
}

func wiki(id string) client {
	return client{ID: id, Audience: audience, Restated: true, Redirects: []string{}, Groups: []string{}, Grants: []string{"client_credentials", "password"}}
}

// asker is who asks about tokens (RFC 7662), and does nothing else.
func asker() client {
	return client{ID: "keystone-asks", Redirects: []string{}, Groups: []string{}, Grants: []string{}}
}

// flawed is a client whose tokens name keystone-cli, so that they are refused for their flaw and not for their client.
func flawed(id string) client {
	return client{ID: id, Audience: audience, Named: "keystone-cli", Groups: serviceGroups(), Redirects: []string{}, Grants: []string{"client_credentials", "password"}}
}

// serviceGroups are the groups of the command line's own accounts.
func serviceGroups() []string { return []string{"cloud-users"} }

// registeredClients are the clients with their secrets and public keys at that issuer.
func (l *Lab) registeredClients(issuer string) ([]client, error) {
	all := l.clients()
	for i := range all {
		c, err := &all[i], error(nil)
		if c.Method == "private_key_jwt" {
			c.KeySet, err = l.keySet(issuer + "-" + c.ID)
		} else {
			c.Secret, err = l.secret(issuer + "-" + c.ID)
		}
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}
