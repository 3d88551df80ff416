package apply

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/fedstone/fedstone/internal/keystone"
)

// Execute brings the pending changes about, phase by phase, at most parallel of a
// phase at a time, and calls done for each that was made: one call at a time, in
// the plan's order as far as it goes. After an error, or when ctx ends, nothing
// new is begun. The error tells what failed and how far it came; the next plan
// goes on from there.
func Execute(ctx context.Context, changes Changes, parallel int, done func(Change)) error {
	var pending []*Change
	for i := range changes {
		if changes[i].Action != None {
			pending = append(pending, &changes[i])
		}
	}
	made := 0
	for rest := pending; len(rest) > 0; {
		end := slices.IndexFunc(rest, func(c *Change) bool { return c.phase != rest[0].phase })
		if end < 0 {
			end = len(rest)
		}
		n, err := executePhase(ctx, rest[:end], parallel, done)
		made += n
		if err != nil {
			return fmt.Errorf("%w\n%d of %d changes were made; once the cause is mended, run apply again: it goes on from there", err, made, len(pending))
		}
		rest = rest[end:]
	}
	return nil
}

// executePhase makes changes of which none needs another, and counts those that
// were made.
func executePhase(ctx context.Context, changes []*Change, parallel int, done func(Change)) (made int, err error) {
	errs := make([]error, len(changes))
	own, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	tell := inOrder(changes, done)
	sideBySide(parallel, len(changes), func(i int) {
		if own.Err() != nil {
			errs[i] = errNotBegun
		} else if errs[i] = changes[i].make(ctx); errs[i] != nil {
			stop(errNotBegun)
		}
		tell(i)
	})
	for _, c := range changes {
		if c.Applied {
			made++
		}
	}
	return made, failure(ctx, errs)
}

var errNotBegun = errors.New("not begun")

// failure joins what went wrong; an interrupt that met no request stands for all
// that was not begun.
func failure(ctx context.Context, errs []error) error {
	failed := slices.DeleteFunc(slices.Clone(errs), func(err error) bool { return err == nil || errors.Is(err, errNotBegun) })
	if len(failed) == 0 && slices.ContainsFunc(errs, func(err error) bool { return err != nil }) {
		return context.Cause(ctx)
	}
	return errors.Join(failed...)
}

// Two runs that meet may answer each other with conflicts for as long as one of
// them is not through; a second is much for Keystone.
const (
	attempts   = 5
	firstPause = 50 * time.Millisecond
)

// make brings a change about. A conflict that stays after the step looked again
// means that somebody works on the same object right now.
func (c *Change) make(ctx context.Context) error {
	err := c.do(ctx)
	for n := range attempts - 1 {
		if !keystone.IsConflict(err) {
			break
		}
		select {
		case <-ctx.Done():
			return c.explain(ctx.Err())
		case <-time.After(firstPause << n):
			err = c.do(ctx)
		}
	}
	if c.Action == Delete && keystone.IsNotFound(err) {
		err = nil // somebody was faster
	}
	return c.explain(err)
}

// orAgain is what came of the update that a conflict called for. Where there is
// nothing to update, the other one is not through, or it went again: that is the
// conflict still, and the step is tried once more.
func orAgain(conflict, update error) error {
	if keystone.IsNotFound(update) {
		return conflict
	}
	return update
}
