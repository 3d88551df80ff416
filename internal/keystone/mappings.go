package keystone

import (
	"context"
	"encoding/json"

	"github.com/gophercloud/gophercloud/v2"
)

// Mapping is a mapping with its rules as they are: gophercloud's own types drop
// an empty whitelist, which means "nobody", and so turn it into "everybody".
type Mapping struct {
	ID            string          `json:"id,omitempty"`
	SchemaVersion string          `json:"schema_version,omitempty"` // Keystone 2024.1 and later
	Rules         json.RawMessage `json:"rules"`
}

const mappings = "OS-FEDERATION/mappings"

// GetMapping gives one; IsNotFound(err) when there is none of that id.
func GetMapping(ctx context.Context, c *gophercloud.ServiceClient, id string) (Mapping, error) {
	var answer struct {
		One Mapping `json:"mapping"`
	}
	err := get(ctx, c, &answer, mappings, id)
	return answer.One, err
}

// CreateMapping makes m; IsConflict(err) when the id is taken.
func CreateMapping(ctx context.Context, c *gophercloud.ServiceClient, m Mapping) error {
	id := m.ID
	m.ID = ""
	return put(ctx, c, map[string]any{"mapping": m}, mappings, id)
}

// UpdateMapping replaces all rules of a mapping.
func UpdateMapping(ctx context.Context, c *gophercloud.ServiceClient, m Mapping) error {
	id := m.ID
	m.ID = ""
	return patch(ctx, c, map[string]any{"mapping": m}, mappings, id)
}

// ListMappings gives every mapping with its rules.
func ListMappings(ctx context.Context, c *gophercloud.ServiceClient) ([]Mapping, error) {
	var answer struct {
		List []Mapping `json:"mappings"`
	}
	err := get(ctx, c, &answer, mappings)
	return answer.List, err
}

// DeleteMapping deletes one, also while a protocol names it: its logins are then
// answered with 404. IsNotFound(err) when there is none of that id.
func DeleteMapping(ctx context.Context, c *gophercloud.ServiceClient, id string) error {
	return remove(ctx, c, mappings, id)
}
