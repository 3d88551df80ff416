package iam

import (
	"context"
	"fmt"

	"github.com/fedstone/fedstone/internal/apply"
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/spec"
)

// OpenIDConfiguration is the kind of change that only this service has.
const OpenIDConfiguration apply.Kind = "OpenID Connect configuration"

// Issuer is what the service has to be told of an issuer.
type Issuer struct {
	AuthorizationEndpoint string
	Keys                  *oidc.Keys
}

// Options say how far a plan may go. The zero Options delete nothing and take nothing
// over.
type Options struct {
	Adopt bool // take over identity providers and mappings that somebody else made
	Prune bool // delete what bears keystone.owner and is no longer described
	// Issuer asks the issuer for what is copied; never nil.
	Issuer func(context.Context, spec.IdentityProvider) (Issuer, error)
}

// The order of steps: what opens a way in comes last.
const (
	suspend = iota // an identity provider whose issuer and rules both change, or that goes
	setMappings
	setProviders
	setConfigurations
	setProtocols
	openProviders // those that were suspended
	deleteProtocols
	deleteMappings
	deleteProviders
)

// Plan compares what the service has with what the federation describes; mappings are
// by identity provider. Findings tell what cannot work (errors: nothing should be
// executed) or likely is not meant. The error is about the service or an issuer that
// does not answer as it should. apply.Execute brings the changes about.
func Plan(ctx context.Context, api Client, fed *spec.Federation, mappings map[string]Mapping, opts Options) (apply.Changes, finding.List, error) {
	list, err := api.IdentityProviders(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("identity providers: %w", err)
	}
	p := &planner{api: api, fed: fed, opts: opts, owner: fed.Keystone.Owner.Value, there: map[string]IdentityProvider{}}
	for _, one := range list {
		p.there[one.ID] = one
	}
	for _, idp := range fed.IdentityProviders {
		if err := p.provider(ctx, idp, mappings[idp.ID.Value]); err != nil {
			return nil, nil, fmt.Errorf("identity provider %s: %w", idp.ID, err)
		}
	}
	if err := p.prune(ctx); err != nil {
		return nil, nil, err
	}
	p.changes.Order()
	return p.changes, p.findings, nil
}

type planner struct {
	api      Client
	fed      *spec.Federation
	opts     Options
	owner    string
	there    map[string]IdentityProvider // by id
	changes  apply.Changes
	findings finding.List
}

func (p *planner) provider(ctx context.Context, idp spec.IdentityProvider, m Mapping) error {
	now, exists := p.there[idp.ID.Value]
	if exists && p.untouchable(idp, now) {
		return nil
	}
	mapping, err := p.mapping(ctx, idp, m)
	if err != nil {
		return err
	}
	configuration, err := p.configuration(ctx, idp, exists)
	if err != nil {
		return err
	}
	protocol, err := p.protocol(ctx, idp, exists)
	if err != nil {
		return err
	}
	p.changes = append(p.changes, mapping, configuration, protocol)
	p.identityProvider(idp, issuerChanges(configuration) && (mapping.Action == apply.Update || protocol.Action == apply.Update))
	return nil
}

func (p *planner) find(slug string, severity finding.Severity, at finding.Range, hint, format string, args ...any) {
	p.findings = append(p.findings, finding.Finding{Slug: slug, Severity: severity, At: at, Hint: hint, Message: fmt.Sprintf(format, args...)})
}
