package register

import (
	"time"

	"github.com/fedstone/fedstone/internal/secret"
)

// Kind is what a client is for.
type Kind string

// The kinds, as reports name them.
const (
	RelyingParty Kind = "relying party" // httpd, which sends browsers to the provider
	CommandLine  Kind = "command line"  // probe, token and other programs at the REST path
)

// The ways in which a client shows who it is at the token endpoint, by the names
// of RFC 7591 section 2. None is a public client's.
const (
	Basic = "client_secret_basic"
	Post  = "client_secret_post"
	Key   = "private_key_jwt"
	None  = "none"
)

// The grants, by the names of RFC 7591 section 2 and RFC 8628 section 3.4.
const (
	Code              = "authorization_code"
	RefreshToken      = "refresh_token"
	ClientCredentials = "client_credentials"
	Password          = "password"
	Device            = "urn:ietf:params:oauth:grant-type:device_code"
)

// Registration is a client as a provider knows it, or as it ought to. Lists are
// sets: their order says nothing. A field that a provider has no room for is zero
// in what it reads, and in what Fit makes of what is wanted.
type Registration struct {
	ID             string // client_id; where the provider chooses it, "" until it has
	Name           string // for people, on pages of the provider's
	Description    string // for people, with the mark of who made it
	Kind           Kind   // zero in what is read
	AuthMethod     string // Basic, Post, Key or None
	KeySet         string // the public keys of AuthMethod Key, a JWK set; "" otherwise
	RedirectURIs   []string
	PostLogoutURIs []string // OpenID Connect RP-Initiated Logout 1.0 section 3.1
	Grants         []string
	PKCE           string // S256, or "" where the provider does not ask for it
	Audience       string // in the aud of its access tokens; "" where nothing puts one there
	GroupClaim     string // claim with the names of a person's groups; "" where nothing makes it
	Disabled       bool   // somebody has closed it; never wanted

	// Secret is the client's. In what is wanted it is empty where the provider
	// makes it; in what is read, where the provider does not tell it.
	Secret secret.Value
	// SecretExpires is when the secret ends (client_secret_expires_at); zero: never.
	SecretExpires time.Time
}

// Public reports whether the client has nothing to show who it is.
func (r Registration) Public() bool { return r.AuthMethod == None }

// Handle is what RFC 7592 calls the client configuration endpoint and the
// registration access token: the way back to one registration. Both are empty
// where the client's id and the caller's own credential are enough. It may change
// at every request, so the one that came last has to be kept.
type Handle struct {
	URI   string
	Token secret.Value
}
