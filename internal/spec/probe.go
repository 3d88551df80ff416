package spec

import (
	"time"

	"github.com/fedstone/fedstone/internal/finding"
)

// Probe says how probe and token log in at this provider; it is never rendered.
type Probe struct {
	Grant        Text // client_credentials, password, device, code, refresh, file, stdin or exec
	Client       Client
	Username     Text      // grant password; of grant code a hint for the issuer
	Password     Secret    // grant password
	RefreshToken Secret    // grant refresh
	TokenFile    Text      // grant file: local path of a token
	Token        Secret    // grant exec: the command that prints the bearer
	RedirectPort Number    // grant code: loopback port of the redirect; 0 = a free one
	Scopes       []Text    // default: openid
	Foreign      *Client   // another client of the same issuer, whose token must be refused
	User         Text      // short for Expect.User, which holds it too after loading; "" = any
	Project      Text      // project to scope to; "" = the first one listed
	Expect       *Expect   // nil: nothing beyond what the API says
	Refused      []Refused // further tokens of this issuer that must be refused
}

// Expect is what Keystone's answer to a login must hold. "" is not asked for. A nil
// list is not asked for; one that is empty asks that there be none.
type Expect struct {
	User     Text
	Domain   Text   // of the user, by name or id
	Groups   []Text // by name or id: these and no others
	Projects []Text // by name or id: these and no others
	Roles    []Text // on the project that the token is scoped to: these and no others
	Lifetime Text   // the Keystone token lives at least so long; see LeastLifetime
	At       finding.Range
}

// LeastLifetime is Lifetime as a time; 0 where none is asked for.
func (e *Expect) LeastLifetime() time.Duration { return span(e.Lifetime) }

// Refused is a token that must be refused: one that Client gets for itself by
// client credentials, or the one in TokenFile.
type Refused struct {
	Name      Text
	Client    Client
	TokenFile Text // local path of a token
	After     Text // see Wait
	At        finding.Range
}

// Wait is how long to wait before the token is used, for one that is to expire
// meanwhile; 0 where it is used at once.
func (r *Refused) Wait() time.Duration { return span(r.After) }
