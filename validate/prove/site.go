package prove

import (
	"errors"
	"os/exec"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// Site is an httpd that serves a fixture, with issuers beside it.
type Site struct {
	world    *world
	httpd    *httpd
	network  network
	provider *provider
	ca       *authority
	tls      tlsPorts
}

// Start runs the fixture on the real httpd and returns when it serves. All ends with the test; the test fails where
// httpd does not come up, and is skipped as labtest.Require does where it cannot run.
func Start(t testing.TB, fixture string, options ...Option) *Site {
	t.Helper()
	s, program, main, args := prepare(t, fixture, options)
	h, err := s.world.startHttpd(program, main, args...)
	if err != nil {
		t.Fatal(err)
	}
	s.httpd = h
	t.Cleanup(h.end)
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("httpd on %s said and logged:\n%s", fixture, h.log())
		}
	})
	if !h.ready() {
		t.Fatalf("%s: httpd ended instead of serving", fixture)
	}
	return s
}

// Refusal is how httpd refused a fixture.
type Refusal struct {
	TOk  bool   // httpd -t took it
	Said string // what httpd printed and logged when it was started
}

// Refuses runs a fixture that httpd must not come up with. The test fails where it does.
func Refuses(t testing.TB, fixture string, options ...Option) Refusal {
	t.Helper()
	s, program, main, args := prepare(t, fixture, options)
	check, err := s.world.startHttpd(program, main, append(args, "-t")...)
	if err != nil {
		t.Fatal(err)
	}
	<-check.ended
	h, err := s.world.startHttpd(program, main, args...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(h.end)
	if h.ready() {
		t.Fatalf("%s: httpd serves it, and should refuse to start\n%s", fixture, h.log())
	}
	return Refusal{TOk: succeeded(check.cmd), Said: h.log()}
}

func succeeded(c *exec.Cmd) bool { return c.ProcessState != nil && c.ProcessState.Success() }

// prepare makes the world with the fixture and its issuers in it.
func prepare(t testing.TB, fixture string, options []Option) (s *Site, program, main string, args []string) {
	t.Helper()
	program, modules := labtest.Httpd(t)
	set := settings{}
	for _, o := range options {
		o(&set)
	}
	l, err := readLayout(fixture)
	if err != nil {
		t.Fatal(err)
	}
	if l.conf() == "" {
		t.Fatalf("%s: no httpd.conf and no tree there", fixture)
	}
	l.replace(set.replace)
	s = &Site{world: newWorld(t), network: l.readNetwork()}
	s.network.nameReal(set.real)
	if err := s.furnish(l, &set, modules); err != nil {
		t.Fatal(err)
	}
	s.startIssuers(t, &set)
	s.startBackends(t, l)
	for i, issuer := range set.real {
		s.startReal(t, l, i, issuer)
	}
	if set.logLevel != "" {
		args = []string{"-c", "LogLevel " + set.logLevel}
	}
	return s, program, l.main, args
}

// furnish writes all files and sets up the addresses.
func (s *Site) furnish(l *layout, set *settings, modules string) (err error) {
	if s.ca, err = newAuthority(); err != nil {
		return err
	}
	files, err := common(s.network, s.ca)
	if err != nil {
		return err
	}
	if l.framed() {
		files[l.main] = l.frameText(set.modules, set.without)
	}
	l.fill(files)
	return errors.Join(s.world.write(l.files, modules), s.world.do(func() error {
		for i, a := range s.network.extra() {
			if err := addAddress(i+1, a); err != nil {
				return err
			}
		}
		return nil
	}))
}

// replace changes httpd's files as Replace wants it.
func (l *layout) replace(pairs []string) {
	r := strings.NewReplacer(pairs...)
	for name, text := range l.files {
		l.files[name] = []byte(r.Replace(string(text)))
	}
}

// Log is what httpd has printed and logged so far.
func (s *Site) Log() string { return s.httpd.log() }
