package register

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/fedstone/fedstone/internal/apply"
	"github.com/fedstone/fedstone/internal/finding"
)

// strays plans what this description registered and does not speak of any more.
func (p *planner) strays(ctx context.Context, wants []Want) error {
	for _, id := range p.Store.ids() {
		if slices.ContainsFunc(wants, func(w Want) bool { return w.ID == id }) || p.Store.kept.Clients[id].Was != "" {
			continue
		}
		if !p.opts.Prune {
			p.list = append(p.list, finding.Finding{Slug: "not-described", Severity: finding.Info, At: p.At,
				Message: fmt.Sprintf("client %s is registered at %s, and not described any more", id, p.Provider), Hint: "fedstone register --prune deletes it"})
			continue
		}
		if err := p.stray(ctx, id); err != nil {
			return fmt.Errorf("client %s: %w", id, err)
		}
	}
	return nil
}

// stray plans a deletion. Where marks are kept the client must still bear ours.
func (p *planner) stray(ctx context.Context, id string) error {
	way, _ := p.Store.way(id)
	if p.Registrar.Traits().Marks {
		have, back, err := p.Registrar.Read(ctx, id, way)
		switch {
		case errors.Is(err, ErrNotFound), errors.As(err, new(*Gone)):
		case err != nil:
			return err
		case !ours(have.Description, p.Owner):
			p.warn("not-ours", p.At, fmt.Sprintf("client %s at %s does not bear this description's mark any more, and stays", id, p.Provider), "")
			return nil
		default:
			way = back
		}
	}
	p.changes = append(p.changes, Change{apply.Change{Kind: "client", Object: p.Provider + "/" + id, Action: apply.Delete},
		func(ctx context.Context) error { return p.remove(ctx, id, way) }})
	return nil
}

// remove deletes; what is gone already is as wished.
func (p *planner) remove(ctx context.Context, id string, way Handle) error {
	err := p.Registrar.Delete(ctx, id, way)
	if err != nil && !errors.Is(err, ErrNotFound) && !errors.As(err, new(*Gone)) {
		return err
	}
	return p.Store.forget(id)
}
