package keystone

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/gophercloud/gophercloud/v2"
	"github.com/gophercloud/gophercloud/v2/openstack/identity/v3/applicationcredentials"
	"github.com/gophercloud/gophercloud/v2/openstack/identity/v3/tokens"

	"github.com/fedstone/fedstone/internal/secret"
)

// Owner is the user that a client is logged in as, and the project of its token.
type Owner struct {
	UserID, User, Domain string
	ProjectID, Project   string // "" = the token is for no project
}

// OwnerOf asks Keystone about the client's own token.
func OwnerOf(ctx context.Context, c *gophercloud.ServiceClient) (Owner, error) {
	answer := tokens.Get(ctx, c, c.Token())
	user, err := answer.ExtractUser()
	if err != nil {
		return Owner{}, Explain(err)
	}
	project, err := answer.ExtractProject()
	if err != nil {
		return Owner{}, err
	}
	o := Owner{UserID: user.ID, User: user.Name, Domain: user.Domain.Name}
	if project != nil {
		o.ProjectID, o.Project = project.ID, project.Name
	}
	return o, nil
}

// ApplicationCredential is one of a user's, without its secret: Keystone shows that
// once, and where the caller has named one nobody needs the answer's.
type ApplicationCredential struct {
	ID, Name, Description string
	ProjectID             string
	Roles                 []string // names
	Expires               time.Time
}

// NewApplicationCredential is one to be made, for the project of the token. No roles
// are all that the user has there; a zero time is never.
type NewApplicationCredential struct {
	Name, Description string
	Secret            secret.Value
	Roles             []string // names
	Expires           time.Time
}

// ApplicationCredentials lists a user's own, whatever their project.
func ApplicationCredentials(ctx context.Context, c *gophercloud.ServiceClient, userID string) ([]ApplicationCredential, error) {
	pages, err := applicationcredentials.List(c, userID, nil).AllPages(ctx)
	if err != nil {
		return nil, Explain(err)
	}
	list, err := applicationcredentials.ExtractApplicationCredentials(pages)
	out := make([]ApplicationCredential, 0, len(list))
	for _, one := range list {
		roles := make([]string, 0, len(one.Roles))
		for _, r := range one.Roles {
			roles = append(roles, r.Name)
		}
		out = append(out, ApplicationCredential{one.ID, one.Name, one.Description, one.ProjectID, roles, one.ExpiresAt})
	}
	return out, err
}

// CreateApplicationCredential makes one and gives its id, which Keystone chooses;
// IsConflict(err) when the user has one of that name.
func CreateApplicationCredential(ctx context.Context, c *gophercloud.ServiceClient, userID string, n NewApplicationCredential) (string, error) {
	opts := applicationcredentials.CreateOpts{Name: n.Name, Description: n.Description, Secret: n.Secret.Reveal()}
	for _, name := range n.Roles {
		opts.Roles = append(opts.Roles, applicationcredentials.Role{Name: name})
	}
	if !n.Expires.IsZero() {
		opts.ExpiresAt = new(n.Expires.UTC())
	}
	made, err := applicationcredentials.Create(ctx, c, userID, opts).Extract()
	if err != nil {
		return "", ofOwner(Explain(err))
	}
	return made.ID, nil
}

// DeleteApplicationCredential ends one, and every token that was got with it.
func DeleteApplicationCredential(ctx context.Context, c *gophercloud.ServiceClient, userID, id string) error {
	return ofOwner(Explain(applicationcredentials.Delete(ctx, c, userID, id).ExtractErr()))
}

// ofOwner: a user makes application credentials for itself and needs no role for it
// (keystone/api/users.py). Who logged in with one may not make others.
func ofOwner(err error) error {
	var refusal *Refusal
	if errors.As(err, &refusal) && refusal.Status == http.StatusForbidden {
		return fmt.Errorf("%s %s: answer 403 (%s); log in with the user's own password: who logged in with an application credential, or a token made of one, may not make or delete any",
			refusal.Method, refusal.URL, refusal.Message)
	}
	return err
}
