package spec

import (
	"fmt"
	"slices"

	"gopkg.in/yaml.v3"

	"github.com/fedstone/fedstone/internal/finding"
)

// The values of register.by: how an identity provider keeps its clients.
const (
	ByKeycloak = "keycloak" // its own client registration API
	ByDynamic  = "dynamic"  // OpenID Connect Dynamic Client Registration (RFC 7591, RFC 7592)
	ByAdapter  = "adapter"  // a REST adapter in front of something else
)

// The values of register.mappers: what Keycloak puts into the tokens of a client.
const (
	AudienceMapper = "audience" // bearer.audience
	GroupsMapper   = "groups"   // the claim of groups that the rules read
)

// Register says how clients come to be at the identity provider; it is never rendered.
type Register struct {
	By       Text
	Endpoint Text // default: what the issuer or its discovery document says
	// InitialAccessToken lets clients be made (RFC 7591 section 1.2); Client is an
	// account of the issuer's that may make and change them. At most one is given.
	InitialAccessToken Secret
	Client             Client
	// Issuer is a secret of the form https://ID:SECRET@HOST/PATH: Client in one with
	// Endpoint, and with the issuer where Keycloak registers.
	Issuer  Secret
	Kept    Text             // local file of what is to be remembered; 0600
	Mappers []Text           // default: audience and groups; empty: none
	Clients []RegisterClient // beside client and probe.client
	At      finding.Range
}

// RegisterClient is a client of the command line that is to be registered.
type RegisterClient struct {
	ID     Text
	Name   Text   // for people; default: by the deployment
	Secret Secret // not given: a public client
	Grants []Text // as probe.grant spells them
	At     finding.Range
}

func (p *IdentityProvider) register(l *loader, n *yaml.Node) {
	p.Register = &Register{}
	object("register", &p.Register.At, p.Register.keys())(l, n)
}

func (r *Register) keys() []key {
	return []key{
		{"by", "keycloak", choice("register.by", &r.By, ByKeycloak, ByDynamic, ByAdapter)},
		{"endpoint", "", text("register.endpoint", &r.Endpoint)},
		{"initial_access_token", "", secretSource("register.initial_access_token", &r.InitialAccessToken)},
		{"client", "", client("register.client", &r.Client, true)},
		{"issuer", "", secretSource("register.issuer", &r.Issuer)},
		{"kept", "", text("register.kept", &r.Kept)},
		{"mappers", "", r.mappers},
		{"clients", "", r.clients},
	}
}

func (r *Register) mappers(l *loader, n *yaml.Node) {
	textsOrNone("register.mappers", &r.Mappers)(l, n)
	for _, m := range r.Mappers {
		l.oneOf("register.mappers", m, []string{AudienceMapper, GroupsMapper})
	}
}

func (r *Register) clients(l *loader, n *yaml.Node) {
	if !l.kind(n, yaml.MappingNode, "register.clients") {
		return
	}
	l.pairs(n, "register.clients", func(id Text, v *yaml.Node) {
		c := RegisterClient{ID: id}
		object("the client "+show(id.Value)+" of register", &c.At, c.keys())(l, v)
		r.Clients = append(r.Clients, c)
	})
}

func (c *RegisterClient) keys() []key {
	return []key{
		{"name", "", text("the name of a client", &c.Name)},
		{"secret", "", secretSource("the secret of a client", &c.Secret)},
		{"grants", "[client_credentials]", texts("the grants of a client", 1, &c.Grants)},
	}
}

// registerGrants are the grants that a client can be registered for.
func registerGrants() []string {
	return []string{"client_credentials", "password", "device", "code", "refresh"}
}

func (r *Register) fill(idp Text) {
	r.Kept = r.Kept.or("registrations/"+idp.Value+".json", idp.At)
	if r.Mappers == nil {
		r.Mappers = []Text{{Value: AudienceMapper}, {Value: GroupsMapper}}
	}
}

// MakesMapper reports whether clients get a mapper of that name.
func (r *Register) MakesMapper(name string) bool { return lists(r.Mappers, name) }

// registration judges how clients are registered.
func (l *loader) registration(p *IdentityProvider) {
	r := p.Register
	if r == nil {
		return
	}
	l.url(r.Endpoint, "register.endpoint", anyPath)
	l.localPath(r.Kept, "register.kept")
	l.clientID(r.Client.ID, "register.client.id")
	l.registrarCredential(r)
	for _, c := range r.Clients {
		l.registerClient(p, c)
	}
	if r.By.Value == ByDynamic {
		l.madeSecrets(p)
	}
	l.ownSecrets(p)
}

func (l *loader) registrarCredential(r *Register) {
	account, token := r.Client.ID.Given(), r.InitialAccessToken.Given()
	if r.Issuer.Given() {
		l.registrarIssuer(r)
		return
	}
	switch {
	case account && token:
		l.fail("register-credential", r.At, "register has an initial_access_token and a client, expected one of them", "delete one")
	case r.By.Value == ByKeycloak && !account && !token:
		l.fail("register-credential", r.At, "register has neither a client nor an initial_access_token: Keycloak lets nobody else register",
			"initial_access_token: {env: CORP_REGISTRATION}")
	case r.By.Value == ByDynamic && account:
		l.fail("register-credential", r.Client.ID.At, "dynamic registration knows no account of its own (RFC 7591), expected initial_access_token, or by: keycloak",
			"initial_access_token: {env: CORP_REGISTRATION}")
	}
}

// registrarIssuer: an issuer with its account in it says all that there is to say.
func (l *loader) registrarIssuer(r *Register) {
	switch {
	case r.Client.ID.Given() || r.InitialAccessToken.Given() || r.Endpoint.Given():
		l.fail("register-credential", r.At, "register.issuer holds the address and the account (https://ID:SECRET@HOST/PATH), expected no endpoint, client or initial_access_token beside it", "delete them")
	case r.By.Value == ByDynamic:
		l.fail("register-credential", r.Issuer.At, "dynamic registration knows no account of its own (RFC 7591), expected initial_access_token", "initial_access_token: {env: CORP_REGISTRATION}")
	}
}

func (l *loader) registerClient(p *IdentityProvider, c RegisterClient) {
	what := "client " + show(c.ID.Value) + " of register"
	l.clientID(c.ID, what)
	l.name(c.Name, "the name of "+what, 255)
	for _, g := range c.Grants {
		l.oneOf("a grant of "+what, g, registerGrants())
	}
	if lists(c.Grants, "client_credentials") && !c.Secret.At.Start.Known() {
		l.fail("register-grant", c.At, what+" is to get tokens for itself and has no secret to show who it is", "secret: {file: secrets/"+c.ID.Value+"}")
	}
	if c.ID.Value == p.Client.ID.Value {
		l.fail("register-client", c.ID.At, what+" is the relying party, which is registered as `client` says", "choose another id")
	}
	if !lists(p.Bearer.Clients, c.ID.Value) {
		l.warn("register-client", c.ID.At, what+" is not in bearer.clients: its tokens will be refused", fmt.Sprintf("bearer: {clients: [%s]}", c.ID.Value))
	}
}

// madeSecrets: where the provider makes the secrets there has to be a file that
// they can be written into.
func (l *loader) madeSecrets(p *IdentityProvider) {
	all := []Secret{p.Client.Secret}
	if p.Probe != nil {
		all = append(all, p.Probe.Client.Secret)
	}
	for _, c := range p.Register.Clients {
		all = append(all, c.Secret)
	}
	for _, s := range slices.DeleteFunc(all, func(s Secret) bool { return s.File.Given() || !s.Given() }) {
		l.fail("register-secret", s.At, "dynamic registration makes the secret, which cannot be written here, expected a file", "{file: secrets/"+p.ID.Value+"}")
	}
}

// ownSecrets: a secret that is made or rotated for one client would be lost to the
// other whose file it is too.
func (l *loader) ownSecrets(p *IdentityProvider) {
	all := append([]RegisterClient{{ID: p.Client.ID, Secret: p.Client.Secret}}, p.Register.Clients...)
	if p.Probe != nil {
		all = append(all, RegisterClient{ID: p.Probe.Client.ID, Secret: p.Probe.Client.Secret})
	}
	whose := map[string]string{}
	for _, c := range all {
		name := c.Secret.File.Value
		if other, taken := whose[name]; taken && name != "" && other != c.ID.Value {
			l.fail("register-secret", c.Secret.At, fmt.Sprintf("the secret of client %s lies in the file of client %s, expected a file for each client that is registered", show(c.ID.Value), show(other)),
				"{file: secrets/"+c.ID.Value+"}")
		}
		whose[name] = c.ID.Value
	}
}
