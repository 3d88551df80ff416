package lab

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// reloadLimit is how long Keystone may take to answer after httpd's restart.
const reloadLimit = 60 * time.Second

// Reload restarts httpd, so that what now lies under Root is served, and waits until Keystone answers. The
// error holds the end of httpd's log where it refuses the configuration; httpd is then down and the next Reload
// starts it again. One Reload at a time.
func (l *Lab) Reload(ctx context.Context) error {
	ctx, cancel := context.WithTimeoutCause(ctx, reloadLimit, fmt.Errorf("no answer after %s", reloadLimit))
	defer cancel()
	l.refresh()
	for _, p := range l.Processes {
		if p.Name == "httpd" || p.Name == shibd {
			if err := l.endFully(ctx, p); err != nil {
				return err
			}
		}
	}
	l.Processes = slices.DeleteFunc(l.Processes, func(p Process) bool { return p.Name == shibd }) // perhaps not needed any more
	r := &run{lab: l, progress: &progress{}}
	return r.startHTTPD(ctx)
}

// endFully waits for as long as it takes: an httpd that browsers hold connections to may end late, and the next one
// refuses to start before (server/main.c, "already running").
func (l *Lab) endFully(ctx context.Context, p Process) error {
	if err := l.end(ctx, p); err != nil {
		return err
	}
	for l.alive(p) {
		if err := pause(ctx, 50*time.Millisecond); err != nil {
			return fmt.Errorf("%s does not end: %w", p.Name, err)
		}
	}
	return nil
}

// Reload restarts the httpd of the lab in dir, also one that has ended because it refused its last configuration.
// The error wraps ErrNotRunning where no lab runs.
func Reload(ctx context.Context, dir string) error {
	l, err := openWithout(dir, "httpd")
	if err != nil {
		return err
	}
	return l.Reload(ctx)
}
