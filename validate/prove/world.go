package prove

import (
	"fmt"
	"os"
	"runtime"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// hostName is what gethostname says inside a world.
const hostName = "controller-0.example.org"

// world is a thread with mount, network and UTS namespaces of its own, on whose loopback every port is free and
// whose root (below folder) is this host's with changes that nobody else sees. What it starts lives in it, too.
type world struct {
	calls  chan func()
	folder string // where the root is mounted; its content is seen inside only
	task   string // the thread, as below /proc
}

// newWorld makes a world that ends with the test, or skips the test as labtest.Require does.
func newWorld(t testing.TB) *world {
	t.Helper()
	folder, err := os.MkdirTemp("", "fedstone-prove-")
	if err != nil {
		t.Fatal(err)
	}
	w := &world{calls: make(chan func()), folder: folder}
	ended := make(chan struct{})
	entered := make(chan error, 1)
	go offMainThread(func() { defer close(ended); w.live(entered) })
	t.Cleanup(func() { close(w.calls); <-ended; os.RemoveAll(folder) })
	if err := <-entered; err != nil {
		labtest.Require(t, fmt.Sprintf("no httpd in namespaces of its own (needs root, namespaces and overlayfs): %v", err))
	}
	return w
}

// offMainThread runs f on a thread that ends with f. The main thread cannot end, so f never gets that one.
func offMainThread(f func()) {
	runtime.LockOSThread()
	if unix.Gettid() != unix.Getpid() {
		f()
		return // still locked: the thread ends, and its namespaces with it
	}
	done := make(chan struct{})
	go func() { defer close(done); runtime.LockOSThread(); f() }()
	<-done
	runtime.UnlockOSThread()
}

// live makes the namespaces and does what it is told until calls is closed.
func (w *world) live(entered chan<- error) {
	w.task = threadOf()
	err := w.enter()
	entered <- err
	for f := range w.calls {
		f()
	}
}

func (w *world) enter() error {
	if err := unix.Unshare(unix.CLONE_NEWNS | unix.CLONE_NEWNET | unix.CLONE_NEWUTS); err != nil {
		return fmt.Errorf("unshare: %w", err)
	}
	if err := unix.Sethostname([]byte(hostName)); err != nil {
		return fmt.Errorf("sethostname: %w", err)
	}
	if err := loopbackUp(); err != nil {
		return err
	}
	return w.mountRoot()
}

// do runs f inside and returns when it has ended.
func (w *world) do(f func() error) error {
	result := make(chan error, 1)
	w.calls <- func() { result <- f() }
	return <-result
}

// threadOf names this thread as /proc does.
func threadOf() string { return fmt.Sprintf("%d/task/%d", unix.Getpid(), unix.Gettid()) }
