package spec

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/fedstone/fedstone/internal/input"
	"github.com/fedstone/fedstone/internal/secret"
)

// Bounds of what a file, variable or command may give, and of how long a command
// may take: it may ask a person for a passphrase.
const (
	maxSecret = 64 << 10
	execTime  = 2 * time.Minute
)

// Resolver fetches secrets from where federation.yaml says they are. The zero
// Resolver reads files relative to the working folder and the environment of
// this process, and runs nothing.
type Resolver struct {
	Dir       string                      // folder of federation.yaml
	AllowExec bool                        // whether exec may run commands
	LookupEnv func(string) (string, bool) // nil: os.LookupEnv
	// Context ends a running command when it ends; nil: only time does.
	Context context.Context
}

// Resolve gives the secret. A final line break is taken off. An error names the
// place in federation.yaml and the source, never the value.
func (r Resolver) Resolve(s Secret) (secret.Value, error) {
	raw, err := r.fetch(s)
	if err == nil {
		raw = trimLine(raw)
		err = usable(raw)
	}
	if err != nil {
		return secret.Value{}, fmt.Errorf("%s: %s: %w", s.At, s.source(), err)
	}
	return secret.New(raw), nil
}

func (s Secret) source() string {
	switch {
	case s.File.Given():
		return "secret from file " + s.File.Value
	case s.Env.Given():
		return "secret from variable " + s.Env.Value
	case len(s.Exec) > 0:
		return "secret from command " + s.Exec[0].Value
	default:
		return "secret"
	}
}

func (r Resolver) fetch(s Secret) (string, error) {
	switch {
	case s.File.Given():
		return r.file(s.File.Value)
	case s.Env.Given():
		return r.env(s.Env.Value)
	case len(s.Exec) > 0:
		return r.exec(s.Exec)
	default:
		return "", errors.New("no source is given, expected file, env or exec")
	}
}

// Path gives where a secret's file lies: relative names are those of federation.yaml's folder.
func (r Resolver) Path(name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(r.Dir, name)
}

// file reads a regular file that nobody but its owner may read or change.
func (r Resolver) file(name string) (string, error) {
	path := r.Path(name)
	info, err := os.Stat(path)
	if err != nil {
		return "", err
	}
	if !info.Mode().IsRegular() {
		return "", fmt.Errorf("it is a %s, expected a regular file", input.Kind(info.Mode()))
	}
	if mode := info.Mode().Perm(); mode&0o077 != 0 {
		return "", fmt.Errorf("its mode is %04o, so that others may read or change it; mend: chmod 0600 %s", mode, path)
	}
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	return bounded(file)
}

// bounded reads one byte more than is allowed, so that usable sees the excess.
func bounded(from io.Reader) (string, error) {
	raw, err := io.ReadAll(io.LimitReader(from, maxSecret+1))
	return string(raw), err
}

func (r Resolver) env(name string) (string, error) {
	lookup := r.LookupEnv
	if lookup == nil {
		lookup = os.LookupEnv
	}
	value, ok := lookup(name)
	if !ok {
		return "", fmt.Errorf("the variable is not set; mend: export %s", name)
	}
	return value, nil
}

// exec runs the command without a shell. Its error output is not repeated: it
// may hold the secret.
func (r Resolver) exec(command []Text) (string, error) {
	if !r.AllowExec {
		return "", errors.New("commands are not run unless that is asked for; mend: --allow-exec")
	}
	var args []string
	for _, a := range command[1:] {
		args = append(args, a.Value)
	}
	parent := r.Context
	if parent == nil {
		parent = context.Background()
	}
	ctx, stop := context.WithTimeoutCause(parent, execTime, fmt.Errorf("no end after %s", execTime))
	defer stop()
	cmd := exec.CommandContext(ctx, command[0].Value, args...)
	cmd.Dir = r.Dir
	cmd.WaitDelay = time.Second // a child of the command may hold the pipe open
	out := capped{stop: stop}
	cmd.Stdout = &out
	if err := cmd.Run(); err != nil && !out.full {
		return "", cmp.Or(context.Cause(ctx), err)
	}
	return out.kept.String(), nil
}

// capped keeps one byte more than a secret may have and then stops the writer,
// which may not care that nobody reads. The buffer is not embedded: its ReadFrom
// would go around Write.
type capped struct {
	kept bytes.Buffer
	full bool
	stop func()
}

// Write stops the command at the first byte that is too many.
func (c *capped) Write(p []byte) (int, error) {
	if room := maxSecret + 1 - c.kept.Len(); len(p) > room {
		c.full = true
		c.stop()
		c.kept.Write(p[:room])
		return room, errors.New("too much output")
	}
	return c.kept.Write(p)
}

func trimLine(raw string) string {
	return strings.TrimSuffix(strings.TrimSuffix(raw, "\n"), "\r")
}

// usable refuses what could not be written into a configuration, or would mean
// something else there: httpd runs what follows exec: and expands ${…}.
func usable(value string) error {
	switch {
	case value == "":
		return errors.New("it is empty")
	case len(value) > maxSecret:
		return fmt.Errorf("it has more than %d bytes", maxSecret)
	case !utf8.ValidString(value):
		return errors.New("it is not UTF-8")
	case strings.ContainsFunc(value, unicode.IsControl):
		return errors.New("it holds a control character (more than one line?)")
	case strings.HasPrefix(strings.ToLower(value), "exec:"):
		return errors.New("it begins with exec:, which makes httpd run a program")
	case strings.Contains(value, "${"):
		return errors.New("it holds ${, which httpd expands")
	default:
		return nil
	}
}
