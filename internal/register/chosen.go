package register

import (
	"context"
	"errors"
	"fmt"

	"github.com/fedstone/fedstone/internal/apply"
	"github.com/fedstone/fedstone/internal/secret"
)

// presentChosen plans what differs where the provider chooses secrets. The one that
// it tells belongs into its file, also where that was lost.
func (p *planner) presentChosen(want Want, have Registration, fields []apply.Field) error {
	changed := len(fields) > 0
	lies, err := p.lies(want, have)
	if err != nil {
		return err
	}
	if !lies {
		fields = append(fields, apply.Field{Name: want.Source.File.Value, Old: "another secret", New: "the provider's"})
	}
	if len(fields) == 0 {
		return p.settled(want)
	}
	p.add(want, apply.Update, fields, func(ctx context.Context) error { return p.updateChosen(ctx, want, have, changed) })
	return nil
}

// lies reports whether the secret that a provider told lies in its file; true where it
// told none, or there is no file for it.
func (p *planner) lies(want Want, have Registration) (bool, error) {
	if !want.Source.File.Given() || have.Secret.Empty() {
		return true, nil
	}
	now, err := readSecret(p.file(want).path)
	return now.Reveal() == have.Secret.Reveal(), err
}

// updateChosen brings the secret that the provider told last into its file: an update
// may change it (RFC 7592 section 2.2).
func (p *planner) updateChosen(ctx context.Context, want Want, have Registration, changed bool) error {
	got := have
	if changed {
		var err error
		if got, err = p.change(ctx, want); err != nil {
			return err
		}
	}
	lies, err := p.lies(want, got)
	if err == nil && !lies {
		err = p.file(want).write(got.Secret)
	}
	return errors.Join(err, taken(want.Registration, got))
}

// register registers a client whose id the provider chooses, and brings id and secret
// to their places. Until they are there the store holds them.
func (p *planner) register(ctx context.Context, want Want) error {
	if err := p.Store.begin(want.ID); err != nil {
		return err
	}
	got, way, err := p.Registrar.Create(ctx, want.Registration)
	if err != nil {
		return p.notRegistered(want.ID, err)
	}
	if err := p.Store.made(want.ID, got, way); err != nil {
		return err
	}
	return errors.Join(p.bring(want, got.ID, p.Store.kept.Clients[got.ID]), taken(want.Registration, got))
}

// notRegistered takes the note back where the provider's answer leaves no doubt.
func (p *planner) notRegistered(id string, err error) error {
	if errors.As(err, new(*Refused)) {
		delete(p.Store.kept.Begun, id)
		return errors.Join(err, p.Store.write())
	}
	return err
}

// replace plans another registration in the place of one, whose secret is to change.
func (p *planner) replace(want Want) error {
	way, _ := p.Store.way(want.ID)
	fields := []apply.Field{{Name: "client_id", Old: shown(want.ID), New: "a new one"}, {Name: "secret", Old: "as it is", New: "a new one"}}
	p.add(want, apply.Update, fields, func(ctx context.Context) error {
		if err := p.register(ctx, want); err != nil {
			return err
		}
		err := p.remove(ctx, want.ID, way)
		if errors.Is(err, errUnmanaged) {
			err = errors.Join(err, p.Store.forget(want.ID))
		}
		if err != nil {
			return fmt.Errorf("the new client is in place, and the one before it is still there: %w", err)
		}
		return nil
	})
	return nil
}

// deliver plans what a run that ended in the middle left to do, a rotation's end too.
func (p *planner) deliver(want Want, id string, made entry) {
	fields := []apply.Field{{Name: "client_id", Old: shown(want.ID), New: shown(id)}}
	p.add(want, apply.Update, fields, func(ctx context.Context) error {
		if err := p.bring(want, id, made); err != nil {
			return err
		}
		if way, replaced := p.Store.way(want.ID); replaced {
			return p.remove(ctx, want.ID, way)
		}
		return nil
	})
}

// bring puts a secret that the provider made into its file, and the id into the
// description.
func (p *planner) bring(want Want, id string, made entry) error {
	if made.Undelivered != "" && want.Source.File.Given() {
		if err := p.file(want).write(secret.New(made.Undelivered)); err != nil {
			return err
		}
	}
	if id != want.ID {
		if err := p.Rename(want.ID, id); err != nil {
			return fmt.Errorf("the client was registered as %s: %w", id, err)
		}
	}
	return p.Store.delivered(id)
}
