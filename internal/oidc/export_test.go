package oidc

import (
	"context"
	"time"
)

// Pauses makes a device login ask without waiting, and gives what it would have waited.
func (d *DeviceLogin) Pauses() *[]time.Duration {
	var all []time.Duration
	d.poll.pause = func(ctx context.Context, wait time.Duration) error {
		all = append(all, wait)
		return ctx.Err()
	}
	return &all
}
