package apply

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/spec"
)

// mapping plans the mapping, which has the identity provider's id.
func (p *planner) mapping(ctx context.Context, idp spec.IdentityProvider, raw json.RawMessage) (Change, error) {
	wanted := keystone.Mapping{ID: idp.ID.Value}
	if err := json.Unmarshal(raw, &wanted); err != nil {
		return Change{}, fmt.Errorf("its mapping is not JSON: %w", err)
	}
	if wanted.ID != idp.ID.Value || len(wanted.Rules) == 0 {
		return Change{}, errors.New(`its mapping is not of the form {"rules": […]}`)
	}
	p.fit(&wanted)
	change := Change{Kind: Mapping, Object: wanted.ID, Action: None, phase: setMappings}
	now, err := p.read.Mapping(ctx, wanted.ID)
	switch {
	case keystone.IsNotFound(err):
		change.Action, change.do = Create, p.mappingCreator(wanted)
		return change, nil
	case err != nil:
		return change, err
	}
	if err := compareMappings(&change, now, wanted); err != nil || change.Action == None {
		return change, err
	}
	p.foreignMapping(idp)
	change.do = func(ctx context.Context) error { return p.api.UpdateMapping(ctx, wanted) }
	return change, p.checkShared(ctx, idp)
}

func (p *planner) mappingCreator(wanted keystone.Mapping) func(context.Context) error {
	return func(ctx context.Context) error {
		err := p.api.CreateMapping(ctx, wanted)
		if keystone.IsConflict(err) { // somebody was faster
			return orAgain(err, p.api.UpdateMapping(ctx, wanted))
		}
		return err
	}
}

// compareMappings makes the change an update where meaning differs, be it only an
// empty list.
func compareMappings(change *Change, now, wanted keystone.Mapping) (err error) {
	if wanted.SchemaVersion != now.SchemaVersion {
		change.Fields = []Field{{"schema_version", now.SchemaVersion, wanted.SchemaVersion}}
	}
	if change.Rules, err = differing(now.Rules, wanted.Rules); err != nil {
		return fmt.Errorf("the rules, or those that Keystone has: %w", err)
	}
	if len(change.Fields) > 0 || len(change.Rules) > 0 {
		change.Action = Update
	}
	return nil
}

// checkShared refuses to change a mapping that another identity provider uses:
// its users would be judged by rules that were not made for them.
func (p *planner) checkShared(ctx context.Context, idp spec.IdentityProvider) error {
	for _, other := range slices.Sorted(maps.Keys(p.providers)) {
		if other == idp.ID.Value {
			continue
		}
		list, err := p.read.Protocols(ctx, other)
		if err != nil {
			return fmt.Errorf("protocols of identity provider %s: %w", other, err)
		}
		for _, protocol := range list {
			if protocol.MappingID == idp.ID.Value {
				p.find("mapping-shared", finding.Error, idp.ID.At,
					fmt.Sprintf("give that one a mapping of its own: openstack federation protocol set --identity-provider %s --mapping OTHER %s", other, protocol.ID),
					"the mapping %q would change, but the protocol %q of identity provider %q uses it too: its users would be judged by these rules", idp.ID, protocol.ID, other)
			}
		}
	}
	return nil
}
