package watch

import (
	"context"
	"time"
)

// Clock is the time that a watch goes by.
type Clock interface {
	Now() time.Time
	// Sleep comes back at a time, or when ctx ends.
	Sleep(ctx context.Context, until time.Time)
}

// System is the machine's clock. It is not upset by one that is set anew: Go's
// times count on.
type System struct{}

// Now serves Clock.
func (System) Now() time.Time { return time.Now() }

// Sleep serves Clock.
func (System) Sleep(ctx context.Context, until time.Time) {
	timer := time.NewTimer(time.Until(until))
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}

// following gives the first start after now that lies on the beat of every since
// start, and how many were missed until then. One that is due this very moment is
// not missed.
func following(start, now time.Time, every time.Duration) (time.Time, int) {
	beats := max((now.Sub(start)+every-1)/every, 1)
	return start.Add(beats * every), int(beats) - 1
}
