package keystone

import (
	"context"

	"github.com/gophercloud/gophercloud/v2"
)

// Protocol ties an identity provider to a mapping. Its id is also the name of
// the auth method (keystone/api/os_federation.py, _auth).
type Protocol struct {
	ID        string `json:"id,omitempty"`
	MappingID string `json:"mapping_id"`
	// RemoteIDAttribute is the environment variable that holds the issuer. Not
	// empty, it wins over keystone.conf; it cannot be taken back, only replaced.
	RemoteIDAttribute string `json:"remote_id_attribute,omitempty"`
}

// ListProtocols gives the protocols of an identity provider. Only the list, not
// the single GET, shows RemoteIDAttribute. IsNotFound(err) is never true: for an
// unknown identity provider Keystone gives an empty list.
func ListProtocols(ctx context.Context, c *gophercloud.ServiceClient, idp string) ([]Protocol, error) {
	var answer struct {
		List []Protocol `json:"protocols"`
	}
	err := get(ctx, c, &answer, identityProviders, idp, "protocols")
	return answer.List, err
}

// CreateProtocol makes p below an identity provider. IsConflict(err) when it is
// there already, IsNotFound(err) when the identity provider is not.
func CreateProtocol(ctx context.Context, c *gophercloud.ServiceClient, idp string, p Protocol) error {
	id := p.ID
	p.ID = ""
	return put(ctx, c, map[string]any{"protocol": p}, identityProviders, idp, "protocols", id)
}

// UpdateProtocol replaces mapping and, where given, remote id attribute.
func UpdateProtocol(ctx context.Context, c *gophercloud.ServiceClient, idp string, p Protocol) error {
	id := p.ID
	p.ID = ""
	return patch(ctx, c, map[string]any{"protocol": p}, identityProviders, idp, "protocols", id)
}

// DeleteProtocol closes that way in; IsNotFound(err) when there is none.
func DeleteProtocol(ctx context.Context, c *gophercloud.ServiceClient, idp, id string) error {
	return remove(ctx, c, identityProviders, idp, "protocols", id)
}
