package oracle

import (
	"bufio"
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"sync"

	"github.com/fedstone/fedstone/internal/lab"
)

//go:embed oracle.py
var program string

// python is Debian's: Keystone's libraries are installed for it.
const python = "/usr/bin/python3"

// Oracle is a running process that answers for one release of Keystone. It may be used by one goroutine at a time.
type Oracle struct {
	Release string
	cmd     *exec.Cmd
	in      io.WriteCloser
	out     *bufio.Reader
	said    *tail
}

// Start starts the engine of a release (one of lab.KeystoneReleases) under one fixed hash seed. The error wraps
// lab.ErrNotInstalled where the release must be installed first. The process ends with ctx or by Close.
func Start(ctx context.Context, release string) (*Oracle, error) { return StartSeeded(ctx, release, 1) }

// StartSeeded starts it under a given PYTHONHASHSEED, on which the order of Python's sets depends.
func StartSeeded(ctx context.Context, release string, seed uint32) (*Oracle, error) {
	folder, err := lab.KeystoneModules(release)
	if err != nil {
		return nil, fmt.Errorf("the engine of Keystone %s: %w", release, err)
	}
	o := &Oracle{Release: release, said: &tail{}}
	o.cmd = exec.CommandContext(ctx, python, "-s", "-c", program, folder)
	o.cmd.Dir, o.cmd.Stderr = "/", o.said
	o.cmd.Env = []string{"LANG=C.UTF-8", "PATH=/usr/bin:/bin", fmt.Sprintf("PYTHONHASHSEED=%d", seed)}
	if o.in, err = o.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := o.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	o.out = bufio.NewReaderSize(out, 1<<16)
	return o, o.cmd.Start()
}

// Close ends the process.
func (o *Oracle) Close() error {
	if err := o.in.Close(); err != nil && !errors.Is(err, os.ErrClosed) {
		return err
	}
	if err := o.cmd.Wait(); err != nil {
		return o.failed(err)
	}
	return nil
}

// converse writes the questions and reads as many answers into what into gives for each.
func (o *Oracle) converse(questions []any, into func(i int) any) error {
	written := make(chan error, 1)
	go func() { written <- o.write(questions) }()
	for i := range questions {
		line, err := o.out.ReadBytes('\n')
		if err == nil {
			err = json.Unmarshal(line, into(i))
		}
		if err != nil {
			return o.failed(errors.Join(fmt.Errorf("answer %d: %w", i, err), <-written))
		}
	}
	return <-written
}

// write writes the questions. Where one cannot be written the process is ended, so that nobody waits for its answer.
func (o *Oracle) write(questions []any) error {
	w := bufio.NewWriterSize(o.in, 1<<16)
	to := json.NewEncoder(w)
	to.SetEscapeHTML(false)
	for i, q := range questions {
		if err := to.Encode(q); err != nil {
			return errors.Join(fmt.Errorf("question %d: %w", i, err), o.in.Close())
		}
	}
	if err := w.WriteByte('\n'); err != nil {
		return err
	}
	return w.Flush()
}

func (o *Oracle) failed(err error) error {
	return fmt.Errorf("asking the engine of Keystone %s: %w\n%s", o.Release, err, o.said)
}

// tail keeps the end of what a process says.
type tail struct {
	mu   sync.Mutex
	text []byte
}

func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	const most = 4000
	t.text = append(t.text, p...)
	t.text = bytes.Clone(t.text[max(0, len(t.text)-most):])
	return len(p), nil
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return string(t.text)
}
