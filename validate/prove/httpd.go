package prove

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"
)

// pidFile is where httpd shows, inside, that it has read and checked everything.
const pidFile = "/run/prove.pid"

// httpd is a process in a world, the first of a process namespace: what it started ends with it.
type httpd struct {
	world *world
	cmd   *exec.Cmd
	said  words
	ended chan struct{}
}

// words collect what a process writes.
type words struct {
	mu   sync.Mutex
	text strings.Builder
}

func (w *words) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.text.Write(p)
}

func (w *words) String() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.text.String()
}

// startHttpd starts the program on a main configuration; further arguments follow.
func (w *world) startHttpd(program, main string, args ...string) (*httpd, error) {
	h := &httpd{world: w, ended: make(chan struct{})}
	h.cmd = exec.Command(program, append([]string{"-f", main, "-c", "PidFile " + pidFile, "-DFOREGROUND"}, args...)...)
	h.cmd.Dir, h.cmd.Env = "/", httpdEnv()
	h.cmd.Stdout, h.cmd.Stderr = &h.said, &h.said
	h.cmd.SysProcAttr = &syscall.SysProcAttr{Chroot: w.root(), Cloneflags: syscall.CLONE_NEWPID | syscall.CLONE_NEWIPC, Pdeathsig: syscall.SIGKILL}
	if err := w.do(h.cmd.Start); err != nil {
		return nil, err
	}
	go func() { _ = h.cmd.Wait(); close(h.ended) }() // how it ended is told by what it said
	return h, nil
}

// httpdEnv is what Debian's envvars and EL's unit give to httpd.
func httpdEnv() []string {
	return []string{"PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LANG=C.UTF-8", "APACHE_RUN_USER=www-data", "APACHE_RUN_GROUP=www-data",
		"APACHE_PID_FILE=" + pidFile, "APACHE_RUN_DIR=/run/apache2", "APACHE_LOCK_DIR=/run/lock/apache2", "APACHE_LOG_DIR=/var/log/apache2"}
}

// ready waits until httpd serves, and says whether it does: it has ended otherwise, or hangs.
func (h *httpd) ready() bool {
	tick, limit := time.NewTicker(4*time.Millisecond), time.After(askLimit)
	defer tick.Stop()
	for {
		select {
		case <-h.ended:
			return false
		case <-limit:
			return false
		case <-tick.C:
		}
		if h.world.has(pidFile) {
			return true
		}
	}
}

// has says whether a file is there inside.
func (w *world) has(name string) bool {
	return w.do(func() error { _, err := os.Stat(filepath.Join(w.root(), name)); return err }) == nil
}

// end ends httpd and all that it started.
func (h *httpd) end() {
	_ = h.cmd.Process.Kill() // it may have ended already
	<-h.ended
}

// log is what httpd has said and logged so far.
func (h *httpd) log() string {
	var all strings.Builder
	all.WriteString(h.said.String())
	err := h.world.do(func() error {
		var files []string
		for _, dir := range []string{"httpd", "apache2", "keystone"} {
			found, _ := filepath.Glob(filepath.Join(h.world.root(), "/var/log", dir, "*")) // the pattern is well formed
			files = append(files, found...)
		}
		return appendFiles(&all, files)
	})
	if err != nil {
		all.WriteString(err.Error())
	}
	return all.String()
}

func appendFiles(to *strings.Builder, files []string) error {
	var failed error
	for _, name := range files {
		text, err := os.ReadFile(name)
		failed = errors.Join(failed, err)
		to.Write(text)
	}
	return failed
}
