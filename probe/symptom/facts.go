package symptom

import (
	"strings"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/oidc"
)

// Facts are what is known when an answer, or the lack of one, has to be explained.
// They hold no secret but what the answer itself holds.
type Facts struct {
	Step   string          // the probe's name of it, such as exchange
	Answer keystone.Answer // zero where none came
	Fault  Fault           // why none came
	Asked  string          `json:",omitempty"` // the path; "": that of the step
	Names  Names
	Token  Token
	Rules  Rules
	Cloud  *Cloud   // Keystone's objects, read as an admin; nil: not read
	Marks  []Fact   // what the step itself has found out
	Notes  []string // more evidence
	// Words are further texts for words in braces, such as the name of a group.
	Words map[string]string
}

// Names are the federation's own.
type Names struct {
	IDP       string
	Protocol  string
	Issuer    string
	Keystone  string // its URL, without /v3
	Audience  string
	Clients   []string
	Domain    string
	TokenKind string // access, id or both
}

// Path is the path of the exchange.
func (n Names) Path() string { return keystone.AuthPath(n.IDP, n.Protocol) }

// clientLines lets the clients of the description in, and no other client of the
// issuer. A token names its client in azp, or in client_id (RFC 9068).
func (n Names) clientLines() string {
	if len(n.Clients) == 0 {
		return "# no bearer: {clients: […]} names those that may: any client of the issuer"
	}
	var lines []string
	for _, client := range n.Clients {
		lines = append(lines, "  Require claim azp:"+client, "  Require claim client_id:"+client)
	}
	return "<RequireAny>\n    " + strings.Join(lines, "\n    ") + "\n    </RequireAny>"
}

// Fault is a failure without an answer. The zero Fault is none.
type Fault struct {
	Kind oidc.Kind
	At   string // URL without query
	Got  string
	Mend string
}

// Token is what checking the bearer has shown. The zero Token was not checked.
type Token struct {
	Checked  bool
	Problems []Problem
	Size     int // in bytes
}

// Problem is one failed check of oidc.CheckToken.
type Problem struct {
	Check    string // form, header, signature, iss, aud, client, exp, nbf, iat, typ
	Seen     string
	Expected string
	Mend     string
}

// Cloud is what Keystone keeps about one identity provider and protocol.
type Cloud struct {
	Found     bool // the identity provider exists
	Enabled   bool
	RemoteIDs []string
	Protocol  bool   // the protocol exists
	Mapping   string // the mapping's id
	Mapped    bool   // that mapping exists
	Attribute string // remote_id_attribute of the protocol; "": keystone.conf decides
}
