package register

import (
	"context"
	"errors"
	"fmt"

	"github.com/fedstone/fedstone/internal/apply"
)

// create plans a registration that is not there.
func (p *planner) create(want Want) error {
	traits := p.Registrar.Traits()
	if traits.ChoosesID {
		p.add(want, apply.Create, whole(want.Registration), func(ctx context.Context) error { return p.register(ctx, want) })
		return nil
	}
	plan, err := p.secret(want)
	if err != nil {
		return err
	}
	p.add(want, apply.Create, whole(want.Registration), func(ctx context.Context) error { return p.createOwn(ctx, want, plan) })
	return nil
}

// createOwn registers a client whose id and secret we choose.
func (p *planner) createOwn(ctx context.Context, want Want, plan secretPlan) (err error) {
	if want.Registration.Secret, err = plan.ready(); err != nil {
		return err
	}
	got, way, err := p.Registrar.Create(ctx, want.Registration)
	if errors.Is(err, ErrExists) {
		return fmt.Errorf("%w, and its registration token is not in %s; delete the client there, or let register log in by an account (register.client)", err, p.Store.path)
	}
	if err != nil {
		return err
	}
	return errors.Join(p.Store.keep(got.ID, way, got.SecretExpires), plan.settle(), taken(want.Registration, got))
}

// update brings a registration in line whose secret we choose.
func (p *planner) update(ctx context.Context, want Want, plan secretPlan) (err error) {
	if want.Registration.Secret, err = plan.ready(); err != nil {
		return err
	}
	got, err := p.change(ctx, want)
	if err != nil {
		return err
	}
	return errors.Join(plan.settle(), taken(want.Registration, got))
}

func (p *planner) change(ctx context.Context, want Want) (Registration, error) {
	way, _ := p.Store.way(want.ID)
	got, way, err := p.Registrar.Update(ctx, want.Registration, way)
	if err != nil {
		return got, err
	}
	return got, p.Store.keep(want.ID, way, got.SecretExpires)
}

// taken holds that the provider made of a registration what was wanted: it may leave
// out what it likes (RFC 7591 section 3.2.1).
func taken(want, got Registration) error {
	for _, f := range differences(want, got) {
		return fmt.Errorf("the provider has made %s %s of it, where %s was asked for", f.Name, f.Old, f.New)
	}
	return nil
}
