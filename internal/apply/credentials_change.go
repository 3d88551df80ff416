package apply

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/secret"
)

// secretBytes is the strength of a secret. Keystone hashes it as a password, of which
// its hashes take up to 72 bytes (keystone/common/password_hashing.py).
const secretBytes = 32

// differs gives what of a credential is not as described, or will not be for long.
func (p *credentialPlan) differs(one keystone.ApplicationCredential) []Field {
	var fields []Field
	roles := slices.Sorted(slices.Values(one.Roles))
	if now := strings.Join(roles, " "); len(p.client.Roles) > 0 && now != p.roles() {
		fields = append(fields, Field{"roles", now, p.roles()})
	}
	if one.ProjectID != p.owner.ProjectID {
		fields = append(fields, Field{"project", one.ProjectID, p.owner.ProjectID})
	}
	switch {
	case p.client.Lives() > 0 && one.Expires.IsZero():
		fields = append(fields, Field{"expires_at", "never", p.expires().Format(time.RFC3339)})
	case !one.Expires.IsZero() && p.now.Add(p.client.RenewedBefore()).After(one.Expires):
		fields = append(fields, Field{"expires_at", one.Expires.Format(time.RFC3339), p.end()})
	}
	if p.opts.Rotate && len(fields) == 0 {
		fields = append(fields, Field{"secret", "in use", "new"})
	}
	return fields
}

func (p *credentialPlan) end() string {
	if p.client.Lives() == 0 {
		return "never"
	}
	return p.expires().Format(time.RFC3339)
}

// create makes the secret, writes it down, and has Keystone make the credential of it.
func (p *credentialPlan) create(ctx context.Context) error {
	k := kept{Name: p.newName(), Secret: newSecret()}
	if err := k.save(p.opts.Path + pendingEnding); err != nil {
		return err
	}
	var roles []string
	for _, r := range p.client.Roles {
		roles = append(roles, r.Value)
	}
	id, err := p.account.CreateApplicationCredential(ctx, keystone.NewApplicationCredential{
		Name: k.Name, Description: sign("OAuth 2.0 client "+p.client.Name.Value, p.opts.Owner), Secret: k.Secret, Roles: roles, Expires: p.expires(),
	})
	if err != nil {
		return p.notMade(err)
	}
	k.ID = id
	return p.finish(k)
}

// notMade: what Keystone refused is not there, and its secret is good for nothing.
func (p *credentialPlan) notMade(err error) error {
	var refusal *keystone.Refusal
	if errors.As(err, &refusal) && refusal.Status < 500 {
		return errors.Join(err, os.Remove(p.opts.Path+pendingEnding))
	}
	return err
}

// finish puts the secret where the client looks for it.
func (p *credentialPlan) finish(k kept) error {
	if err := k.save(p.opts.Path); err != nil {
		return fmt.Errorf("%w; the secret is kept in %s, and the next run goes on from there", err, p.opts.Path+pendingEnding)
	}
	if err := os.Remove(p.opts.Path + pendingEnding); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

func (p *credentialPlan) newName() string {
	return fmt.Sprintf("%s-%s-%x", p.client.Name, p.now.UTC().Format(stampForm), random(4))
}

func newSecret() secret.Value {
	return secret.New(base64.RawURLEncoding.EncodeToString(random(secretBytes)))
}

func random(n int) []byte {
	raw := make([]byte, n)
	_, _ = rand.Read(raw) // it never fails (crypto/rand, since Go 1.24)
	return raw
}

// retire plans the end of those that another took the place of, when the grace is
// over. The one in the file stays whatever its age; a newer one that nobody here knows
// was made with another secret file.
func (p *credentialPlan) retire(current int, change Change) {
	waiting := p.waiting()
	for i, one := range p.ours {
		next := p.now
		if i+1 < len(p.ours) {
			next = made(p.ours[i+1])
		}
		switch {
		case one.ID == waiting.ID, i == current:
		case current >= 0 && i > current && change.Action == None:
			p.stranger(one)
		case p.now.Sub(next) >= p.client.KeptFor():
			p.changes = append(p.changes, Change{Kind: ApplicationCredential, Object: fmt.Sprintf("%s of user %s", one.Name, p.owner.User), Action: Delete, phase: deleteCredentials,
				do: func(ctx context.Context) error { return p.account.DeleteApplicationCredential(ctx, one.ID) }})
		}
	}
}

func (p *credentialPlan) stranger(one keystone.ApplicationCredential) {
	p.findings = append(p.findings, finding.Finding{Slug: "credential-elsewhere", Severity: finding.Warning, At: p.client.SecretFile.At,
		Message: fmt.Sprintf("%s is newer than what %s holds: a run was ended before it wrote that down, or another machine makes credentials for the same client, and each ends the other's", one.Name, p.opts.Path),
		Hint:    "one client for each machine, under a name of its own; after a run that was ended: fedstone apply --rotate " + p.client.Name.Value})
}

func statFolder(dir string) error {
	info, err := os.Stat(dir)
	if err == nil && !info.IsDir() {
		err = fmt.Errorf("%s is no folder", dir)
	}
	return err
}
