package iam

import (
	"context"
	"strconv"

	"github.com/fedstone/fedstone/internal/apply"
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/spec"
)

// untouchable tells of an identity provider that cannot be brought to what is
// described, or that somebody else made and nobody said to take over.
func (p *planner) untouchable(idp spec.IdentityProvider, now IdentityProvider) bool {
	if now.SSOType == "iam_user_sso" {
		p.find("iam-user-sso", finding.Error, idp.ID.At, "choose another id, or delete that one first",
			"the service has an identity provider %q of the type iam_user_sso, where each person is one of the account's own users; the type is fixed at creation", idp.ID)
		return true
	}
	if apply.Ours(now.Description, p.owner) || p.opts.Adopt {
		return false
	}
	p.find("not-ours", finding.Error, idp.ID.At,
		"see what would change with `fedstone apply --plan --adopt`, and take it over with --adopt; or choose another id",
		"the service has an identity provider %q that %s: it stays as it is", idp.ID, apply.Maker(now.Description))
	return true
}

// identityProvider plans the identity provider itself. Where it is to be suspended it
// is closed first, and opened when all else is done.
func (p *planner) identityProvider(idp spec.IdentityProvider, suspended bool) {
	wanted := IdentityProvider{ID: idp.ID.Value, Enabled: true, Description: apply.Signed(idp.DisplayName.Value, p.owner)}
	now, exists := p.there[wanted.ID]
	change := apply.Change{Kind: apply.IdentityProvider, Object: wanted.ID, Action: apply.None}
	if !exists {
		change.Action, change.Fields = apply.Create, providerFields(IdentityProvider{}, wanted)
		p.changes = append(p.changes, apply.Step(change, setProviders, func(ctx context.Context) error { return p.create(ctx, wanted) }))
		return
	}
	order := setProviders
	if suspended && now.Enabled {
		p.close(now)
		now.Enabled, order = false, openProviders
	}
	if change.Fields = providerFields(now, wanted); len(change.Fields) > 0 {
		change.Action = apply.Update
	}
	p.changes = append(p.changes, apply.Step(change, order, func(ctx context.Context) error { return p.update(ctx, wanted) }))
}

func (p *planner) create(ctx context.Context, wanted IdentityProvider) error {
	err := p.api.CreateIdentityProvider(ctx, wanted)
	if keystone.IsConflict(err) { // somebody was faster
		return p.update(ctx, wanted)
	}
	return err
}

func (p *planner) update(ctx context.Context, wanted IdentityProvider) error {
	return p.api.UpdateIdentityProvider(ctx, wanted.ID, map[string]any{"description": wanted.Description, "enabled": wanted.Enabled})
}

// close lets nobody in by an identity provider.
func (p *planner) close(now IdentityProvider) {
	change := apply.Change{Kind: apply.IdentityProvider, Object: now.ID, Action: apply.Update, Fields: []apply.Field{{Name: "enabled", Old: "true", New: "false"}}}
	p.changes = append(p.changes, apply.Step(change, suspend, func(ctx context.Context) error {
		return p.api.UpdateIdentityProvider(ctx, now.ID, map[string]any{"enabled": false})
	}))
}

func providerFields(now, wanted IdentityProvider) []apply.Field {
	return differing([]apply.Field{
		{Name: "enabled", Old: strconv.FormatBool(now.Enabled), New: strconv.FormatBool(wanted.Enabled)},
		{Name: "description", Old: quoted(now.Description), New: quoted(wanted.Description)},
	})
}

// differing keeps the fields that change.
func differing(all []apply.Field) []apply.Field {
	var out []apply.Field
	for _, f := range all {
		if f.Old != f.New {
			out = append(out, f)
		}
	}
	return out
}

// quoted is a text as plans show it; "" stays so, for what is not there.
func quoted(text string) string {
	if text == "" {
		return ""
	}
	return strconv.Quote(text)
}
