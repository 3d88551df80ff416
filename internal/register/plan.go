package register

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/fedstone/fedstone/internal/apply"
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/spec"
)

// Work is what one identity provider's registrations take.
type Work struct {
	Provider  string        // its id in the description
	At        finding.Range // of what it says about registering
	Owner     string        // keystone.owner; "" where there is none
	Registrar Registrar
	Store     *Store
	Secrets   spec.Resolver
	// Rename brings an id that the provider chose into the description, in the place
	// of the one that stands there.
	Rename func(from, to string) error
}

// Options say how far a plan goes.
type Options struct {
	Adopt  bool     // take over clients that somebody else registered
	Prune  bool     // delete what this description registered and does not speak of any more
	Rotate []string // ids of clients that get another secret
}

// Plan reads what the provider has, and gives the changes and what a person has to
// know. It changes nothing there; a way back that the provider renewed is kept.
func (w Work) Plan(ctx context.Context, wants []Want, opts Options) (Changes, finding.List, error) {
	p := planner{Work: w, opts: opts}
	for _, want := range wants {
		if err := p.client(ctx, want); err != nil {
			return nil, nil, fmt.Errorf("identity provider %s, client %s: %w", w.Provider, want.ID, err)
		}
	}
	if err := p.strays(ctx, wants); err != nil {
		return nil, nil, fmt.Errorf("identity provider %s: %w", w.Provider, err)
	}
	p.changes.deletionsLast()
	return p.changes, p.list, nil
}

type planner struct {
	Work
	opts    Options
	changes Changes
	list    finding.List
}

// client plans one that the description speaks of.
func (p *planner) client(ctx context.Context, want Want) error {
	want.Registration = p.Registrar.Fit(want.Registration)
	if id, made := p.Store.undelivered(want.ID); id != "" {
		p.deliver(want, id, made)
		return nil
	}
	if err := p.Store.arrived(want.ID); err != nil {
		return err
	}
	p.warnBegun(want)
	have, found, err := p.read(ctx, want)
	p.judge(want, have)
	if err != nil || !found {
		return p.missing(want, err)
	}
	if !p.mayChange(want, have) {
		return nil
	}
	p.warnExpiry(want, have.SecretExpires)
	return p.present(want, have)
}

// read gives what the provider has. Where it chooses the ids, a client without an
// entry in the store is one that was never registered.
func (p *planner) read(ctx context.Context, want Want) (have Registration, found bool, err error) {
	way, known := p.Store.way(want.ID)
	if p.Registrar.Traits().ChoosesID && !known {
		return Registration{}, false, nil
	}
	have, back, err := p.Registrar.Read(ctx, want.ID, way)
	if errors.Is(err, ErrNotFound) {
		return Registration{}, false, nil
	}
	if err == nil && known {
		err = p.Store.keep(want.ID, back, have.SecretExpires)
	}
	return have, err == nil, err
}

// missing plans a registration, unless err says that it cannot be known whether
// there is one.
func (p *planner) missing(want Want, err error) error {
	chosen := p.Registrar.Traits().ChoosesID
	switch {
	case err == nil, errors.As(err, new(*Gone)) && !chosen:
		return p.create(want)
	case (errors.As(err, new(*Gone)) || errors.Is(err, errUnmanaged)) && p.rotates(want):
		return p.replace(want)
	case errors.Is(err, errUnmanaged):
		p.warn("register-unmanaged", want.At, fmt.Sprintf("client %s: %v", want.ID, err), "fedstone register --rotate ID registers another in its place")
		p.add(want, apply.None, nil, nil)
		return nil
	case errors.As(err, new(*Gone)):
		return fmt.Errorf("%w\n`fedstone register --rotate %s` registers another in its place", err, want.ID)
	}
	return err
}

// mayChange refuses a client that somebody else registered.
func (p *planner) mayChange(want Want, have Registration) bool {
	_, known := p.Store.way(want.ID)
	if known || p.opts.Adopt || p.Registrar.Traits().Marks && ours(have.Description, p.Owner) {
		return true
	}
	p.list = append(p.list, finding.Finding{Slug: "not-ours", Severity: finding.Error, At: want.At,
		Message: fmt.Sprintf("client %s is registered at %s, and not by this description", want.ID, p.Provider),
		Hint:    "choose another id, or look at `fedstone register --plan --adopt` and take it over with --adopt"})
	return false
}

// present plans what differs. A provider that chooses secrets gives another one with
// another registration alone.
func (p *planner) present(want Want, have Registration) error {
	traits := p.Registrar.Traits()
	if p.rotates(want) && traits.ChoosesID {
		return p.replace(want)
	}
	fields := differences(want.Registration, have)
	if traits.ChoosesSecret {
		return p.presentChosen(want, have, fields)
	}
	plan, err := p.secret(want)
	if err != nil {
		return err
	}
	if differ := plan.differs(have.Secret); differ != nil {
		fields = append(fields, *differ)
	}
	if len(fields) == 0 {
		return p.settled(want)
	}
	p.add(want, apply.Update, fields, func(ctx context.Context) error { return p.update(ctx, want, plan) })
	return nil
}

// settled is where nothing differs. What bears our mark and has no entry in the store
// gets one when the plan is carried out, so that it can be deleted when the description
// is done with it.
func (p *planner) settled(want Want) error {
	var note func(context.Context) error
	if _, known := p.Store.way(want.ID); !known {
		note = func(context.Context) error { return p.Store.keep(want.ID, Handle{}, time.Time{}) }
	}
	p.add(want, apply.None, nil, note)
	return nil
}

func (p *planner) rotates(want Want) bool { return slices.Contains(p.opts.Rotate, want.ID) }

func (p *planner) add(want Want, action apply.Action, fields []apply.Field, do func(context.Context) error) {
	p.changes = append(p.changes, Change{apply.Change{Kind: apply.Kind(want.Kind), Object: p.Provider + "/" + want.ID, Action: action, Fields: fields}, do})
}

func (p *planner) warn(slug string, at finding.Range, message, hint string) {
	p.list = append(p.list, finding.Finding{Slug: slug, Severity: finding.Warning, At: at, Message: message, Hint: hint})
}
