package apply

import (
	"context"
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/mapping"
	"github.com/fedstone/fedstone/internal/spec"
)

// protocol plans the protocol, which ties the identity provider to its mapping. The
// attribute in which Keystone finds the remote id is set on it, where it wins over
// keystone.conf: a forgotten `remote_id_attribute = HTTP_OIDC_ISS` of one controller
// would let clients choose their issuer by a request header. The name is the
// environment form, which no header can produce.
func (p *planner) protocol(ctx context.Context, idp spec.IdentityProvider) (Change, error) {
	wanted := keystone.Protocol{ID: idp.Protocol.Value, MappingID: idp.ID.Value, RemoteIDAttribute: mapping.NamesFor(idp).RemoteID}
	object := idp.ID.Value + "/" + wanted.ID
	if _, exists := p.providers[idp.ID.Value]; !exists {
		return p.newProtocol(idp.ID.Value, object, wanted), nil
	}
	list, err := p.read.Protocols(ctx, idp.ID.Value)
	if err != nil {
		return Change{}, err
	}
	change := p.newProtocol(idp.ID.Value, object, wanted)
	for _, now := range list {
		if now.ID == wanted.ID {
			change = p.changedProtocol(idp.ID.Value, object, now, wanted)
			continue
		}
		if p.opts.Prune && now.MappingID == idp.ID.Value && p.own(p.providers[idp.ID.Value].Description) {
			p.deleteProtocol(idp.ID.Value, now)
			continue
		}
		p.find("other-protocol", finding.Warning, placeOf(idp.Protocol, idp),
			fmt.Sprintf("openstack federation protocol delete --identity-provider %s %s", idp.ID, now.ID),
			"Keystone's identity provider %q has the protocol %q too, with the mapping %q: a way in that this file does not describe; it stays", idp.ID, now.ID, now.MappingID)
	}
	return change, nil
}

func (p *planner) newProtocol(idp, object string, wanted keystone.Protocol) Change {
	return Change{
		Kind: Protocol, Object: object, Action: Create, phase: createProtocols, Fields: protocolFields(keystone.Protocol{}, wanted),
		do: func(ctx context.Context) error {
			err := p.api.CreateProtocol(ctx, idp, wanted)
			if keystone.IsConflict(err) { // somebody was faster
				return orAgain(err, p.api.UpdateProtocol(ctx, idp, wanted))
			}
			return err
		},
	}
}

func (p *planner) changedProtocol(idp, object string, now, wanted keystone.Protocol) Change {
	change := Change{Kind: Protocol, Object: object, Action: None, phase: updateProtocols, Fields: protocolFields(now, wanted)}
	if len(change.Fields) > 0 {
		change.Action = Update
		change.do = func(ctx context.Context) error { return p.api.UpdateProtocol(ctx, idp, wanted) }
	}
	return change
}

func protocolFields(now, wanted keystone.Protocol) []Field {
	var fields []Field
	for _, f := range []Field{
		{"mapping_id", now.MappingID, wanted.MappingID},
		{"remote_id_attribute", now.RemoteIDAttribute, wanted.RemoteIDAttribute},
	} {
		if f.Old != f.New {
			fields = append(fields, f)
		}
	}
	return fields
}
