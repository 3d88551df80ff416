package iam

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/apply"
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/spec"
)

// maxSigningKey is the length that the service takes, in characters (iam_13_0207).
const maxSigningKey = 30000

// configuration plans the OpenID Connect configuration, with the issuer's keys of now.
func (p *planner) configuration(ctx context.Context, idp spec.IdentityProvider, exists bool) (apply.Change, error) {
	change := apply.Change{Kind: OpenIDConfiguration, Object: idp.ID.Value, Action: apply.None}
	issuer, err := p.opts.Issuer(ctx, idp)
	if err != nil {
		return change, err
	}
	wanted := configurationOf(idp, issuer)
	p.limits(idp, wanted)
	var now Configuration
	if exists {
		now, err = p.api.Configuration(ctx, idp.ID.Value)
	}
	if !exists || keystone.IsNotFound(err) {
		change.Action, change.Fields = apply.Create, configurationFields(Configuration{}, wanted, issuer.Keys)
		return apply.Step(change, setConfigurations, p.configurationCreator(idp.ID.Value, wanted)), nil
	}
	if err != nil {
		return change, fmt.Errorf("its OpenID Connect configuration: %w", err)
	}
	if change.Fields = configurationFields(now, wanted, issuer.Keys); len(change.Fields) > 0 {
		change.Action = apply.Update
	}
	return apply.Step(change, setConfigurations, func(ctx context.Context) error { return p.api.UpdateConfiguration(ctx, idp.ID.Value, wanted) }), nil
}

func (p *planner) configurationCreator(idp string, wanted Configuration) func(context.Context) error {
	return func(ctx context.Context) error {
		err := p.api.CreateConfiguration(ctx, idp, wanted)
		if keystone.IsConflict(err) { // somebody was faster
			return p.api.UpdateConfiguration(ctx, idp, wanted)
		}
		return err
	}
}

// configurationOf is the configuration as described. What the console needs is told
// where the console is to log people in.
func configurationOf(idp spec.IdentityProvider, issuer Issuer) Configuration {
	c := Configuration{AccessMode: idp.IAM.AccessMode.Value, Issuer: idp.Issuer.Value, ClientID: idp.Client.ID.Value, SigningKey: issuer.Keys.Text()}
	if c.AccessMode != spec.AccessByConsole {
		return c
	}
	var scopes []string
	for _, s := range idp.Scopes {
		scopes = append(scopes, s.Value)
	}
	c.AuthorizationEndpoint, c.Scope = issuer.AuthorizationEndpoint, strings.Join(scopes, " ")
	c.ResponseType, c.ResponseMode = "id_token", idp.IAM.ResponseMode.Value
	return c
}

// limits are those that no description shows.
func (p *planner) limits(idp spec.IdentityProvider, wanted Configuration) {
	if n := len(wanted.SigningKey); n > maxSigningKey {
		p.find("iam-limit", finding.Error, idp.Issuer.At, "publish fewer keys at the issuer",
			"the issuer's public keys are %d characters as a key set; the service takes at most %d", n, maxSigningKey)
	}
	if n := len(wanted.AuthorizationEndpoint); wanted.AccessMode == spec.AccessByConsole && (n < 10 || n > 255) {
		p.find("iam-limit", finding.Error, idp.Issuer.At, "iam: {access_mode: program} needs none",
			"the issuer's authorization_endpoint has %d characters; the service takes 10 to 255", n)
	}
}

func configurationFields(now, wanted Configuration, keys *oidc.Keys) []apply.Field {
	return append(differing([]apply.Field{
		{Name: "access_mode", Old: now.AccessMode, New: wanted.AccessMode},
		{Name: "idp_url", Old: now.Issuer, New: wanted.Issuer},
		{Name: "client_id", Old: now.ClientID, New: wanted.ClientID},
		{Name: "authorization_endpoint", Old: now.AuthorizationEndpoint, New: wanted.AuthorizationEndpoint},
		{Name: "scope", Old: quoted(now.Scope), New: quoted(wanted.Scope)},
		{Name: "response_type", Old: now.ResponseType, New: wanted.ResponseType},
		{Name: "response_mode", Old: now.ResponseMode, New: wanted.ResponseMode},
	}), keyFields(now.SigningKey, keys)...)
}

// keyFields tells by their ids which keys come and go. The order of a set, and what
// stands beside its keys, is no difference.
func keyFields(pasted string, live *oidc.Keys) []apply.Field {
	copied, err := oidc.ParseKeys([]byte(pasted))
	if err != nil {
		return []apply.Field{{Name: "signing_key", Old: unreadable(pasted), New: keyNames(live, nil)}}
	}
	drift := oidc.DriftOf(copied, live)
	if len(drift.Missing)+len(drift.Stale) == 0 {
		return nil
	}
	return []apply.Field{{Name: "signing_key", Old: keyNames(copied, nil), New: keyNames(live, drift.Missing)}}
}

func unreadable(pasted string) string {
	if pasted == "" {
		return ""
	}
	return "what is no key set"
}

func keyNames(keys *oidc.Keys, missing []oidc.MissingKey) string {
	var names []string
	for _, id := range slices.Sorted(slices.Values(keys.IDs())) {
		if slices.ContainsFunc(missing, func(m oidc.MissingKey) bool { return m.Other && m.ID == id }) {
			id += " (another key)"
		}
		names = append(names, id)
	}
	return "[" + strings.Join(names, ", ") + "]"
}

// issuerChanges reports whether somebody else would be trusted.
func issuerChanges(c apply.Change) bool {
	return c.Action == apply.Update && slices.ContainsFunc(c.Fields, func(f apply.Field) bool { return f.Name == "idp_url" || f.Name == "client_id" })
}
