package iam

import (
	"context"
	"encoding/json"
	"net/http"
)

// StoredMapping is a mapping with its rules as they are: somebody may have written
// ones that Rule does not know.
type StoredMapping struct {
	ID    string          `json:"id"`
	Rules json.RawMessage `json:"rules"`
}

// Mapping gives one; keystone.IsNotFound(err) where there is none of that id.
func (c Client) Mapping(ctx context.Context, id string) (StoredMapping, error) {
	var answer struct{ Mapping StoredMapping }
	err := c.send(ctx, http.MethodGet, mappingPath(id), http.StatusOK, nil, &answer)
	return answer.Mapping, err
}

// CreateMapping makes m.
func (c Client) CreateMapping(ctx context.Context, m Mapping) error {
	return c.send(ctx, http.MethodPut, mappingPath(m.ID), http.StatusCreated, withoutID(m), nil)
}

// UpdateMapping replaces all rules of a mapping.
func (c Client) UpdateMapping(ctx context.Context, m Mapping) error {
	return c.send(ctx, http.MethodPatch, mappingPath(m.ID), http.StatusOK, withoutID(m), nil)
}

func withoutID(m Mapping) any { return map[string]any{"mapping": Mapping{Rules: m.Rules}} }

// DeleteMapping deletes one.
func (c Client) DeleteMapping(ctx context.Context, id string) error {
	return c.send(ctx, http.MethodDelete, mappingPath(id), http.StatusNoContent, nil, nil)
}

// Protocols gives those of an identity provider.
func (c Client) Protocols(ctx context.Context, idp string) ([]Protocol, error) {
	var answer struct{ Protocols []Protocol }
	err := c.send(ctx, http.MethodGet, providerPath(idp)+"/protocols", http.StatusOK, nil, &answer)
	return answer.Protocols, err
}

// CreateProtocol makes one of p.ID.
func (c Client) CreateProtocol(ctx context.Context, idp string, p Protocol) error {
	return c.send(ctx, http.MethodPut, protocolPath(idp, p.ID), http.StatusCreated, map[string]any{"protocol": Protocol{MappingID: p.MappingID}}, nil)
}

// UpdateProtocol gives it another mapping.
func (c Client) UpdateProtocol(ctx context.Context, idp string, p Protocol) error {
	return c.send(ctx, http.MethodPatch, protocolPath(idp, p.ID), http.StatusOK, map[string]any{"protocol": Protocol{MappingID: p.MappingID}}, nil)
}

// DeleteProtocol closes that way in.
func (c Client) DeleteProtocol(ctx context.Context, idp, id string) error {
	return c.send(ctx, http.MethodDelete, protocolPath(idp, id), http.StatusNoContent, nil, nil)
}

// Configuration gives an identity provider's; keystone.IsNotFound(err) where there is
// none (iam_13_0209).
func (c Client) Configuration(ctx context.Context, idp string) (Configuration, error) {
	var answer struct {
		One Configuration `json:"openid_connect_config"`
	}
	err := c.send(ctx, http.MethodGet, configurationPath(idp), http.StatusOK, nil, &answer)
	return answer.One, err
}

// CreateConfiguration makes it (iam_13_0207).
func (c Client) CreateConfiguration(ctx context.Context, idp string, wanted Configuration) error {
	return c.send(ctx, http.MethodPost, configurationPath(idp), http.StatusCreated, map[string]any{"openid_connect_config": wanted}, nil)
}

// UpdateConfiguration replaces it (iam_13_0208).
func (c Client) UpdateConfiguration(ctx context.Context, idp string, wanted Configuration) error {
	return c.send(ctx, http.MethodPut, configurationPath(idp), http.StatusOK, map[string]any{"openid_connect_config": wanted}, nil)
}
