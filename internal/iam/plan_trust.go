package iam

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/fedstone/fedstone/internal/apply"
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/spec"
)

// mapping plans the mapping, which has the identity provider's id.
func (p *planner) mapping(ctx context.Context, idp spec.IdentityProvider, wanted Mapping) (apply.Change, error) {
	change := apply.Change{Kind: apply.Mapping, Object: wanted.ID, Action: apply.None}
	now, err := p.api.Mapping(ctx, wanted.ID)
	switch {
	case keystone.IsNotFound(err):
		change.Action = apply.Create
		return apply.Step(change, setMappings, p.mappingCreator(wanted)), nil
	case err != nil:
		return change, fmt.Errorf("its mapping: %w", err)
	}
	if change.Rules, err = differingRules(now, wanted); err != nil {
		return change, err
	}
	if len(change.Rules) > 0 {
		change.Action = apply.Update
		p.foreignMapping(idp)
	}
	return apply.Step(change, setMappings, func(ctx context.Context) error { return p.api.UpdateMapping(ctx, wanted) }), nil
}

func (p *planner) mappingCreator(wanted Mapping) func(context.Context) error {
	return func(ctx context.Context) error {
		err := p.api.CreateMapping(ctx, wanted)
		if keystone.IsConflict(err) { // somebody was faster
			return p.api.UpdateMapping(ctx, wanted)
		}
		return err
	}
}

func differingRules(now StoredMapping, wanted Mapping) ([]apply.Rule, error) {
	rules, err := json.Marshal(wanted.Rules)
	if err != nil {
		return nil, err
	}
	out, err := apply.Differing(now.Rules, rules)
	if err != nil {
		return nil, fmt.Errorf("the rules that the service has: %w", err)
	}
	return out, nil
}

// foreignMapping tells of a mapping that is in the way of an identity provider which
// is not there yet: nothing says whose it is.
func (p *planner) foreignMapping(idp spec.IdentityProvider) {
	if _, exists := p.there[idp.ID.Value]; exists || p.opts.Adopt {
		return
	}
	p.find("not-ours", finding.Error, idp.ID.At,
		"see what would change with `fedstone apply --plan --adopt`, and take it over with --adopt; or choose another id",
		"the service has a mapping %q with other rules, and no identity provider %q whose it would be: it stays as it is", idp.ID, idp.ID)
}

// protocol plans the protocol, which lets people in.
func (p *planner) protocol(ctx context.Context, idp spec.IdentityProvider, exists bool) (apply.Change, error) {
	id, wanted := idp.ID.Value, Protocol{ID: idp.Protocol.Value, MappingID: idp.ID.Value}
	change := apply.Change{Kind: apply.Protocol, Object: id + "/" + wanted.ID, Action: apply.Create, Fields: []apply.Field{{Name: "mapping_id", New: wanted.MappingID}}}
	var list []Protocol
	var err error
	if exists {
		if list, err = p.api.Protocols(ctx, id); err != nil {
			return change, fmt.Errorf("its protocols: %w", err)
		}
	}
	for _, now := range list {
		if now.ID != wanted.ID {
			p.otherProtocol(idp, now)
			continue
		}
		change.Action, change.Fields = apply.None, differing([]apply.Field{{Name: "mapping_id", Old: now.MappingID, New: wanted.MappingID}})
		if len(change.Fields) > 0 {
			change.Action = apply.Update
		}
	}
	return apply.Step(change, setProtocols, p.protocolSetter(id, wanted, change.Action)), nil
}

func (p *planner) otherProtocol(idp spec.IdentityProvider, now Protocol) {
	p.find("other-protocol", finding.Warning, idp.ID.At, "delete it in the service's console if nobody needs it",
		"the service's identity provider %q has the protocol %q too, with the mapping %q: a way in that this file does not describe; it stays", idp.ID, now.ID, now.MappingID)
}

func (p *planner) protocolSetter(idp string, wanted Protocol, action apply.Action) func(context.Context) error {
	return func(ctx context.Context) error {
		if action == apply.Update {
			return p.api.UpdateProtocol(ctx, idp, wanted)
		}
		err := p.api.CreateProtocol(ctx, idp, wanted)
		if keystone.IsConflict(err) { // somebody was faster
			return p.api.UpdateProtocol(ctx, idp, wanted)
		}
		return err
	}
}
