package apply

import (
	"context"
	"fmt"
)

// Execute brings the pending changes about, in order, and calls done after each.
// It stops at the first error, or when ctx ends, and tells how far it came; the
// next plan goes on from there.
func Execute(ctx context.Context, changes Changes, done func(Change)) error {
	pending := changes.Pending()
	for i, c := range pending {
		err := ctx.Err()
		if err == nil {
			err = c.do(ctx)
		}
		if err != nil {
			return fmt.Errorf("%s %s %s: %w\n%d of %d changes were made; once the cause is mended, run apply again: it goes on from there",
				c.Action, c.Kind, c.Object, err, i, len(pending))
		}
		done(c)
	}
	return nil
}
