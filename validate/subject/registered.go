package subject

import (
	"bytes"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
)

// Registered is a client as an identity provider knows it, read from an export: a client
// of Keycloak's, one of a realm's, or the metadata of RFC 7591. Nodes are where the file
// says what their names tell; nil: it is not so.
type Registered struct {
	Path      string
	ID        string
	Keycloak  bool // read from an export of Keycloak's
	At        finding.Range
	Redirects []*engine.Node
	Public    *engine.Node // it has nothing to show who it is
	Secret    *engine.Node
	Code      *engine.Node // the grants
	Implicit  *engine.Node
	Password  *engine.Node
	Service   *engine.Node // client credentials
	// Mappers are Keycloak's, of the client and of its default scopes. MappersKnown: all
	// that there may be are at hand.
	Mappers      []*engine.Node
	MappersKnown bool
}

// isRegistrations tells an export by the names that nothing else has.
func isRegistrations(src []byte) bool {
	has := func(name string) bool { return bytes.Contains(src, []byte(name)) }
	return has(`"clientId"`) && (has(`"redirectUris"`) || has(`"publicClient"`) || has(`"standardFlowEnabled"`)) ||
		has(`"client_id"`) && has(`"redirect_uris"`) && has(`"grant_types"`)
}

func (l *loader) registrations(name string, src []byte) {
	root, found := engine.ReadJSON(name, src)
	l.site.Found = append(l.site.Found, found...)
	if root == nil {
		return
	}
	scopes := root.Get("clientScopes")
	for _, n := range clientNodes(root) {
		if c := registered(n, scopes); c != nil {
			c.Path = name
			l.site.Registered = append(l.site.Registered, c)
		}
	}
}

// clientNodes are the clients of a file: itself, a list, a realm's, or an object with
// one for each id.
func clientNodes(root *engine.Node) []*engine.Node {
	switch {
	case root.Get("clients") != nil:
		return root.Get("clients").Items()
	case root.Get("clientId") != nil || root.Get("client_id") != nil:
		return []*engine.Node{root}
	case root.Items() != nil:
		return root.Items()
	}
	var out []*engine.Node
	members, _ := root.Value.([]engine.Member)
	for _, m := range members {
		out = append(out, m.Value)
	}
	return out
}

func registered(n, scopes *engine.Node) *Registered {
	if id := n.Get("clientId").Text(); id != "" && !ofKeycloak(id) {
		return keycloakClient(id, n, scopes)
	}
	if id := n.Get("client_id").Text(); id != "" {
		return metadataClient(id, n)
	}
	return nil
}

// ofKeycloak are the clients that each realm is made with (services,
// RealmManager.setupRealm…); master has one more for each realm.
func ofKeycloak(id string) bool {
	own := []string{"account", "account-console", "admin-cli", "broker", "realm-management", "security-admin-console"}
	return slices.Contains(own, id) || strings.HasSuffix(id, "-realm")
}

// keycloakClient reads a ClientRepresentation. What it leaves out has Keycloak's
// default, which for standardFlowEnabled is true.
func keycloakClient(id string, n, scopes *engine.Node) *Registered {
	c := &Registered{ID: id, Keycloak: true, At: n.Get("clientId").At, Redirects: n.Get("redirectUris").Items(), Secret: given(n.Get("secret")),
		Public: yes(n, "publicClient"), Code: yes(n, "standardFlowEnabled"), Implicit: yes(n, "implicitFlowEnabled"),
		Password: yes(n, "directAccessGrantsEnabled"), Service: yes(n, "serviceAccountsEnabled")}
	if n.Get("standardFlowEnabled") == nil {
		c.Code = n.Get("clientId")
	}
	c.Mappers = append(c.Mappers, n.Get("protocolMappers").Items()...)
	c.MappersKnown = true
	for _, name := range n.Get("defaultClientScopes").Items() {
		scope := named(scopes, name.Text())
		c.Mappers = append(c.Mappers, scope.Get("protocolMappers").Items()...)
		c.MappersKnown = c.MappersKnown && (scope != nil || everyRealms(name.Text()))
	}
	return c
}

// everyRealms are the default scopes of each realm. None has a mapper that puts a
// client into the audience by name.
func everyRealms(scope string) bool {
	return slices.Contains([]string{"web-origins", "acr", "roles", "profile", "email", "basic", "service_account"}, scope)
}

func named(all *engine.Node, name string) *engine.Node {
	for _, n := range all.Items() {
		if n.Get("name").Text() == name {
			return n
		}
	}
	return nil
}

func yes(n *engine.Node, name string) *engine.Node {
	if v := n.Get(name); v.IsTrue() {
		return v
	}
	return nil
}

func given(n *engine.Node) *engine.Node {
	if n.Text() == "" {
		return nil
	}
	return n
}

// metadataClient reads client metadata (RFC 7591 section 2). Without grant_types a
// client has the code grant.
func metadataClient(id string, n *engine.Node) *Registered {
	c := &Registered{ID: id, At: n.Get("client_id").At, Redirects: n.Get("redirect_uris").Items(), Secret: given(n.Get("client_secret"))}
	if method := n.Get("token_endpoint_auth_method"); method.Text() == "none" {
		c.Public = method
	}
	if n.Get("grant_types") == nil {
		c.Code = n.Get("client_id")
	}
	for _, grant := range n.Get("grant_types").Items() {
		switch grant.Text() {
		case "authorization_code":
			c.Code = grant
		case "implicit":
			c.Implicit = grant
		case "password":
			c.Password = grant
		case "client_credentials":
			c.Service = grant
		}
	}
	for _, kind := range n.Get("response_types").Items() {
		if words := strings.Fields(kind.Text()); c.Implicit == nil && (slices.Contains(words, "token") || slices.Contains(words, "id_token")) {
			c.Implicit = kind
		}
	}
	return c
}
