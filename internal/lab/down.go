package lab

import (
	"context"
	"errors"
	"fmt"
	"os"
	"syscall"
	"time"
)

// Down ends every process of the lab and removes its state; Dir/log stays. A lab that has ended already is no
// error.
func (l *Lab) Down(ctx context.Context) error {
	l.refresh()
	if err := l.endAll(ctx); err != nil {
		return err
	}
	return l.clear()
}

// Down ends the lab in dir, also one that a killed run left. The error wraps ErrNotRunning where dir holds none.
func Down(ctx context.Context, dir string) error {
	l, err := load(dir)
	if err != nil {
		return err
	}
	return l.Down(ctx)
}

// endAll asks every process to end, in the reverse order of their start, then whatever remains harder.
func (l *Lab) endAll(ctx context.Context) error {
	for i := len(l.Processes) - 1; i >= 0; i-- {
		if err := l.end(ctx, l.Processes[i]); err != nil {
			return err
		}
	}
	deadline := time.Now().Add(20 * time.Second)
	for pids := members(l.Dir); len(pids) > 0; pids = members(l.Dir) {
		if time.Now().After(deadline) {
			return fmt.Errorf("processes %v of the lab in %s do not end", pids, l.Dir)
		}
		for _, pid := range pids {
			l.signal(pid, syscall.SIGKILL)
		}
		if err := pause(ctx, 50*time.Millisecond); err != nil {
			return err
		}
	}
	return nil
}

// end asks a service to end and gives it ten seconds; what is left then is killed by endAll.
func (l *Lab) end(ctx context.Context, p Process) error {
	if !l.alive(p) || !marked(p.PID, l.Dir) {
		return nil
	}
	l.signal(p.PID, syscall.SIGTERM)
	for deadline := time.Now().Add(10 * time.Second); l.alive(p) && time.Now().Before(deadline); {
		if err := pause(ctx, 50*time.Millisecond); err != nil {
			return err
		}
	}
	return nil
}

// signal signals a process that carries the lab's mark. The handle is taken before the mark is read, so a
// later process with the same number cannot be hit.
func (l *Lab) signal(pid int, s syscall.Signal) {
	handle, err := os.FindProcess(pid)
	if err != nil {
		return
	}
	defer handle.Release() //nolint:errcheck // nothing to be done about it
	if marked(pid, l.Dir) {
		_ = handle.Signal(s) // it may have ended by now, which is what is wished
	}
}

// clear removes what the lab made, secrets first and lab.json last, so that a broken-off Down can be repeated.
func (l *Lab) clear() error {
	var failed []error
	for _, name := range []string{"secrets", "light", "keycloak", "horizon", "keystone", "root", "db", "httpd", "run", "." + stateFile, stateFile} {
		if err := os.RemoveAll(l.path(name)); err != nil {
			failed = append(failed, err)
			break
		}
	}
	return errors.Join(failed...)
}

func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-time.After(d):
		return nil
	}
}
