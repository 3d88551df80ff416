package apply

import (
	"context"

	"github.com/gophercloud/gophercloud/v2"

	"github.com/fedstone/fedstone/internal/keystone"
)

// LiveAccount is the user that a client of a real Keystone is logged in as.
func LiveAccount(client *gophercloud.ServiceClient) Account { return &liveAccount{client: client} }

type liveAccount struct {
	client *gophercloud.ServiceClient
	owner  keystone.Owner // once asked for
}

// Owner asks Keystone once.
func (l *liveAccount) Owner(ctx context.Context) (o keystone.Owner, err error) {
	if l.owner.UserID == "" {
		l.owner, err = keystone.OwnerOf(ctx, l.client)
	}
	return l.owner, err
}

// ApplicationCredentials lists the user's.
func (l *liveAccount) ApplicationCredentials(ctx context.Context) ([]keystone.ApplicationCredential, error) {
	o, err := l.Owner(ctx)
	if err != nil {
		return nil, err
	}
	return keystone.ApplicationCredentials(ctx, l.client, o.UserID)
}

// CreateApplicationCredential makes one for the user and the project of its token.
func (l *liveAccount) CreateApplicationCredential(ctx context.Context, n keystone.NewApplicationCredential) (string, error) {
	o, err := l.Owner(ctx)
	if err != nil {
		return "", err
	}
	return keystone.CreateApplicationCredential(ctx, l.client, o.UserID, n)
}

// DeleteApplicationCredential deletes one of the user's.
func (l *liveAccount) DeleteApplicationCredential(ctx context.Context, id string) error {
	o, err := l.Owner(ctx)
	if err != nil {
		return err
	}
	return keystone.DeleteApplicationCredential(ctx, l.client, o.UserID, id)
}
