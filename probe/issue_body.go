package probe

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/secret"
)

// Issued is a Keystone token, and what it says about itself.
type Issued struct {
	Token   secret.Value
	Expires time.Time
	User    Named
	Project *Named // nil: not scoped to one
	Domain  *Named // nil: not scoped to one
	Roles   []string
}

// Named is a user, project or domain. DomainID and Domain are empty for a domain.
type Named struct{ ID, Name, DomainID, Domain string }

// issuedBy reads what Keystone says about a token.
func issuedBy(a keystone.Answer, token secret.Value) (Issued, error) {
	var body scopedBody
	if err := json.Unmarshal(a.Body, &body); err != nil {
		return Issued{}, fmt.Errorf("the answer's body is not a token as the identity API has it: %w", err)
	}
	t := body.Token
	out := Issued{Token: token, Expires: t.ExpiresAt, User: t.User.named()}
	if t.Project != nil {
		p := t.Project.named()
		out.Project = &p
	}
	if t.Domain != nil {
		out.Domain = &Named{ID: t.Domain.ID, Name: t.Domain.Name}
	}
	for _, r := range t.Roles {
		out.Roles = append(out.Roles, r.Name)
	}
	return out, nil
}

// scopedBody is the part of Keystone's token that Issue hands on.
type scopedBody struct {
	Token struct {
		User      owned
		Project   *owned
		Domain    *struct{ ID, Name string }
		Roles     []struct{ Name string }
		ExpiresAt time.Time `json:"expires_at"`
	}
}

type owned struct {
	ID, Name string
	Domain   struct{ ID, Name string }
}

func (o owned) named() Named { return Named{o.ID, o.Name, o.Domain.ID, o.Domain.Name} }
