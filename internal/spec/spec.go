package spec

import (
	"encoding/json"

	"github.com/fedstone/fedstone/internal/finding"
)

// Text is a string with its place in federation.yaml. The zero Text was not given.
type Text struct {
	Value string
	At    finding.Range
}

// String gives the value.
func (t Text) String() string { return t.Value }

// Given reports whether the file (or a default) holds a value.
func (t Text) Given() bool { return t.Value != "" }

// Number is an integer with its place. At is zero where a default stands.
type Number struct {
	Value int
	At    finding.Range
}

// Federation is one deployment: a Keystone, the httpd in front of it, and the
// identity providers it trusts, in the file's order.
type Federation struct {
	Path              string
	Keystone          Keystone
	Platform          Text   // a name known to internal/platform
	Plain             *Plain // nil on every platform but plain
	HTTPD             HTTPD
	Browser           Browser
	IdentityProviders []IdentityProvider
	OAuth2            *OAuth2      // nil: Keystone issues no OAuth 2.0 tokens
	Controllers       []Controller // empty: one unnamed controller
}

// Keystone says where the identity service is and what it is.
type Keystone struct {
	URL        Text   // public, https, canonical, without /v3 and without a final slash
	Release    Text   // wallaby, zed, 2024.1 …; the platform's own where not given
	Dashboards []Text // origin and webroot, such as https://dashboard.example.org/dashboard
	CAFile     Text   // local PEM file, for the commands that talk to Keystone and the issuers; "" = the system's
	Owner      Text   // name under which apply marks what it makes; "" = the mark has no name, and nothing can be pruned
}

// HTTPD says how the web server in front of Keystone is set up. Paths are paths
// on the target.
type HTTPD struct {
	Layout           Text   // whole (the default), include or merge
	Strategy         Text   // auto (the default), gate, mod_oauth2, single or introspection
	Listen           Text   // port, or address:port; default: the port of keystone.url on every address
	UWSGI            Text   // host:port of Keystone's uwsgi socket; "": the platform's, or none
	GatePort         Number // loopback port of the inner vhosts; default 5051
	TLS              *TLS   // nil: a proxy in front ends TLS
	CABundle         Text   // CAs that httpd trusts for the issuers; default: the platform's
	CAFile           Text   // PEM file on this machine with those CAs, rendered into the tree; stands for CABundle
	CryptoPassphrase Secret
	Cache            Cache
	Without          Without // protection that is switched off; zero: none
	Sessions         Text    // cache (the default), or cookie: a browser's session is in its own cookies
}

// TLS names the certificate and key of the public vhost, on the target.
type TLS struct {
	Certificate Text
	Key         Text
}

// Cache is where mod_auth_openidc keeps sessions and results. Type shm (the
// default) is local to one httpd; memcache and redis are shared.
type Cache struct {
	Type     Text
	Servers  []Text // host:port; of redis one, which is all that the module takes
	Password Secret // of redis; not given: it asks for none
}

// Controller is one of several hosts that serve the same Keystone.
type Controller struct {
	Name    Text
	Address Text
}

// Secret says where a secret comes from; exactly one of the three is given. It
// never holds the secret itself: Resolve fetches that.
type Secret struct {
	File Text   // relative to federation.yaml's folder
	Env  Text   // name of an environment variable
	Exec []Text // command and arguments; only where the caller allows it
	At   finding.Range
}

// Given reports whether the file names a source.
func (s Secret) Given() bool { return s.File.Given() || s.Env.Given() || len(s.Exec) > 0 }

// Client is a client registered at the issuer. It shows who it is by a secret or
// a key, never both; a public client has neither.
type Client struct {
	ID     Text
	Secret Secret
	// Only probe's clients have these: the local path of a private key, for
	// private_key_jwt, and client_secret_basic or client_secret_post ("" = what the
	// issuer's document says).
	Key        Text
	AuthMethod Text
}

// IdentityProvider is one issuer, or one identity provider of SAML, and the Keystone
// identity provider made of it.
type IdentityProvider struct {
	ID               Text // of the Keystone identity provider: [A-Za-z0-9._-]{1,64}
	DisplayName      Text // shown on the dashboard; default: the id
	Issuer           Text // canonical https URL, as the issuer itself writes it
	Metadata         Text // local path of a saved discovery document, used instead of the network; "" = none
	Protocol         Text // Keystone protocol id; default openid
	Client           Client
	Bearer           Bearer
	Scopes           []Text // default: openid, email, profile
	Domain           Text   // Keystone domain of its users; default: the id
	AuthorizationTTL Number // minutes that group memberships live; 0 = Keystone's default
	Mapping          Text   // local path of a hand-written mapping, instead of Rules
	Rules            []Rule
	Groups           []Group // what apply makes in Domain
	Tests            []Test
	Probe            *Probe          // nil: the provider is not probed
	Register         *Register       // nil: its clients are registered by hand
	Without          ProviderWithout // protection that is switched off; zero: none
	IAM              IAM             // on the platforms of platform.ServiceNames alone
	// SAML is nil for OpenID Connect. Where it is given, Issuer, Metadata, Client, Bearer,
	// Scopes and Without are zero, and the default of Protocol is saml2.
	SAML *SAML
}

// Bearer says which tokens the REST path takes.
type Bearer struct {
	Token       Text   // access (default), id or both
	Audience    Text   // must be in the access token's aud
	Clients     []Text // client ids that may hold the tokens; never empty after loading
	ClientClaim Text   // claim that names the client: azp, client_id …; "" = by the provider's discovery document

	// Verify says how a token is verified: VerifyByKeys (the default, unless the
	// strategy or Introspection says otherwise) or VerifyByIntrospection.
	Verify        Text
	Introspection Introspection
	// ListsAsJSON is set by httpd.strategy: mod_oauth2 verifies the tokens, and hands
	// lists on as JSON text.
	ListsAsJSON bool
}

// The values of bearer.verify: a token is verified with the issuer's published
// keys, or by asking its introspection endpoint (RFC 7662).
const (
	VerifyByKeys          = "keys"
	VerifyByIntrospection = "introspection"
)

// Introspection says how the issuer is asked about a token.
type Introspection struct {
	Endpoint Text          // default: the discovery document's
	Client   Client        // default: the provider's
	Interval Number        // seconds for which an answer counts; 0: every request asks; default 60
	At       finding.Range // zero where the file says nothing of it
}

// Rule is one named mapping rule. Claims are named in braces, "{preferred_username}",
// and so are other variables of Keystone's environment, "{env(REMOTE_USER)}".
type Rule struct {
	When     []Condition // all must hold
	User     *User
	GroupsBy Text   // template of a claim that lists group names; "" = none
	GroupsIn Domain // where those are; zero: in the provider's domain
	GroupIDs Text   // template of a claim that lists group ids; "" = none
	Groups   []RuleGroup
	Filters  []Filter
	Projects []Grant // made and granted by Keystone at login
	At       finding.Range
}

// Operator compares a claim's values with those of a condition.
type Operator string

// The operators of conditions, as federation.yaml spells them. Matches and
// MatchesNone take Python regular expressions, searched unanchored.
const (
	AnyOf       Operator = "any_of"
	NoneOf      Operator = "none_of"
	Matches     Operator = "matches"
	MatchesNone Operator = "matches_none"
)

// Condition is one test of a claim.
type Condition struct {
	Claim  Text
	Op     Operator
	Values []Text
	At     finding.Range
}

// Filter lets through only some values of a claim (or all but some).
type Filter struct {
	Claim   Text
	Except  bool // true: `except`, false: `only`
	Matches bool // Values are Python regular expressions, searched unanchored
	Values  []Text
	At      finding.Range
}

// User says what becomes of the person; each is a template, but for the type.
type User struct {
	Name   Text
	ID     Text
	Email  Text
	Type   Text   // local: a user whom Keystone knows already; "" or ephemeral: a federated one
	Domain Domain // zero: the provider's; of a local user by name it must be given
	At     finding.Range
}

// Local reports whether the person becomes a user of Keystone's own.
func (u *User) Local() bool { return u.Type.Value == localUser }

const localUser = "local"

// Domain is a Keystone domain by name or by id; zero where none is given.
type Domain struct {
	Name Text
	ID   Text
}

// Given reports whether the domain has a name or an id.
func (d Domain) Given() bool { return d.Name.Given() || d.ID.Given() }

// RuleGroup is a fixed group that a rule gives, by exactly one of name and id.
type RuleGroup struct {
	Name   Text
	ID     Text
	Domain Domain // of a group by name; zero: the provider's
	At     finding.Range
}

// Grant gives roles on a project.
type Grant struct {
	Project Text
	Roles   []Text
	At      finding.Range
}

// Group is a Keystone group in the provider's domain, with its roles.
type Group struct {
	Name   Text
	Grants []Grant
	At     finding.Range
}

// Test is one expectation of what Keystone makes of a login. The login is given
// as exactly one of Claims, Environment and JWT; a federation.yaml knows claims
// alone.
type Test struct {
	Name        Text
	Claims      json.RawMessage   // as the issuer would send them: an object, in the file's order
	Environment map[string]string // as Keystone finds it
	JWT         Text              // local path of a token, relative to the file's folder
	Want        map[string]any    // string, bool, int, or a list of string, int or WantedGroup
	WantAt      map[string]finding.Range
	At          finding.Range
}

// WantedGroup is a group that a test asks for by ID, or by Name and perhaps Domain.
type WantedGroup struct{ ID, Name, Domain string }
