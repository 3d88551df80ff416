package register

import (
	"context"
	"fmt"
	"slices"

	"github.com/fedstone/fedstone/internal/apply"
)

// Change is one step from what a provider has registered to what the description
// wants. Its Kind is a Kind of this package, its Object "corp/keystone".
type Change struct {
	apply.Change
	do func(context.Context) error // nil where there is nothing to do; with apply.None what is noted here
}

// Changes is a plan, in the order in which Execute works: deletions come last.
type Changes []Change

// Report gives the changes as reports are made of them.
func (c Changes) Report() apply.Changes {
	out := make(apply.Changes, 0, len(c))
	for _, one := range c {
		out = append(out, one.Change)
	}
	return out
}

// Execute makes the pending changes one after another and calls done for each that
// was made. After an error, or when ctx ends, nothing new is begun; the next plan
// goes on from there.
func Execute(ctx context.Context, changes Changes, done func(apply.Change)) error {
	made, pending := 0, len(changes.Report().Pending())
	for i := range changes {
		c := &changes[i]
		err := ctx.Err()
		if err == nil && c.do != nil {
			err = c.do(ctx)
		}
		if err != nil {
			return fmt.Errorf("%s %s: %w\n%d of %d changes were made; once the cause is mended, run register again: it goes on from there", c.Kind, c.Object, err, made, pending)
		}
		if c.Action == apply.None {
			continue
		}
		c.Applied = true
		made++
		done(c.Change)
	}
	return nil
}

// deletionsLast orders the changes of several providers.
func (c Changes) deletionsLast() {
	slices.SortStableFunc(c, func(a, b Change) int { return rank(a.Action) - rank(b.Action) })
}

func rank(a apply.Action) int {
	if a == apply.Delete {
		return 1
	}
	return 0
}
