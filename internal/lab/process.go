package lab

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"
)

// Process is a service's leading process: its number, and its start in clock ticks since boot, by which it is
// known again.
type Process struct {
	Name  string `json:"name"`
	PID   int    `json:"pid"`
	Start uint64 `json:"start"`
}

// program is a service to be started in the background.
type program struct {
	name string
	path string
	args []string
	env  []string
	as   *account // nil: the current user
	dir  string   // working folder; empty: the lab's
	in   string   // what it reads as standard input; a background service has none
	// outside is a program of the host, whichever installation the lab is of.
	outside bool
	// trusts is a program that finds the lab's CA as the system's, where that can be had.
	trusts bool
}

// child is a started program; ended is closed when it has ended.
type child struct {
	Process
	ended chan struct{}
	log   *logMark
}

// start starts p in a session of its own, its output appended to log/NAME.log, and records it in lab.json.
func (r *run) start(p program) (*child, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	log, err := openLog(r.lab.logFile(p.name))
	if err != nil {
		return nil, err
	}
	defer log.Close()
	mark := markLog(log.Name())
	cmd := r.lab.command(p)
	cmd.Stdout, cmd.Stderr = log, log
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("%s: %w", p.name, err)
	}
	c := &child{Process: Process{Name: p.name, PID: cmd.Process.Pid}, ended: make(chan struct{}), log: mark}
	go func() { _ = cmd.Wait(); close(c.ended) }() // how it ended is told by its log; here it is only reaped
	if s, ok := readStat(c.PID); ok {
		c.Start = s.start
	}
	r.lab.record(c.Process)
	return c, r.lab.save()
}

// command is p as a command that outlives this process.
func (l *Lab) command(p program) *exec.Cmd {
	command := l.entering(p)
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Dir = p.dir
	if cmd.Dir == "" {
		cmd.Dir = l.Dir
	}
	cmd.Env = append(l.serviceEnv(), p.env...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if p.as != nil && command[0] == p.path { // else the command changes the user itself, behind what only root may do
		cmd.SysProcAttr.Credential = &syscall.Credential{Uid: p.as.uid, Gid: p.as.gid}
	}
	return cmd
}

// serviceEnv is the whole environment of a service: nothing of the caller's leaks into it.
func (l *Lab) serviceEnv() []string {
	return []string{"PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LANG=C.UTF-8", "HOME=" + l.Dir, "TMPDIR=/tmp", marker + "=" + l.Dir}
}

// record puts p in the place of an earlier process of that name.
func (l *Lab) record(p Process) {
	for i := range l.Processes {
		if l.Processes[i].Name == p.Name {
			l.Processes[i] = p
			return
		}
	}
	l.Processes = append(l.Processes, p)
}

// alive says whether p is the process that was started, and not a later one with its number.
func (l *Lab) alive(p Process) bool {
	s, ok := readStat(p.PID)
	return ok && !s.ended() && s.start == p.Start && l.BootID == bootID()
}

// await polls ready until it holds, the program ends, or ctx does. The error holds the log's tail.
func (c *child) await(ctx context.Context, ready func(context.Context) error) error {
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for {
		last := ready(ctx)
		if last == nil {
			return nil
		}
		select {
		case <-c.ended:
			return fmt.Errorf("%s ended instead of answering\n%s", c.Name, c.log.tail())
		case <-ctx.Done():
			return fmt.Errorf("%s did not answer: %w; last: %v\n%s", c.Name, context.Cause(ctx), last, c.log.tail())
		case <-tick.C:
		}
	}
}

// runToEnd runs a program that ends by itself, its output in log/NAME.log; the error holds its tail.
func (r *run) runToEnd(ctx context.Context, p program) error {
	log, err := openLog(r.lab.logFile(p.name))
	if err != nil {
		return err
	}
	defer log.Close()
	mark := markLog(log.Name())
	cmd := r.lab.command(p)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(p.in), log, log
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("%s: %w", p.name, err)
	}
	stop := context.AfterFunc(ctx, func() { _ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) })
	defer stop()
	if err := cmd.Wait(); err != nil {
		if ctx.Err() != nil {
			err = context.Cause(ctx)
		}
		return fmt.Errorf("%s: %w\n%s", p.name, err, mark.tail())
	}
	return nil
}

func openLog(name string) (*os.File, error) {
	return os.OpenFile(name, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o640)
}
