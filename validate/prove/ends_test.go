package prove_test

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/validate/prove"
)

// TestEnds: nothing of a site is left behind its test, and this host's ports and files never see it.
func TestEnds(t *testing.T) {
	taken := reachable("127.0.0.1:5000")
	var during []string
	t.Run("site", func(t *testing.T) {
		site := prove.Start(t, "testdata/good")
		site.Ask(t, prove.Ask{})
		during = ours(t)
		if reachable("127.0.0.1:5000") != taken {
			t.Error("port 5000 of this host has changed")
		}
		if _, err := os.Stat("/etc/httpd/conf.d/10-keystone_wsgi.conf"); err == nil {
			t.Error("the fixture is seen on this host")
		}
	})
	if len(during) == 0 {
		t.Error("no httpd was found while it ran: this test sees nothing")
	}
	if after := ours(t); len(after) > 0 {
		t.Errorf("left behind: %v", after)
	}
}

func reachable(address string) bool {
	c, err := net.Dial("tcp", address)
	if err == nil {
		c.Close()
	}
	return err == nil
}

// ours are the children of this process that are httpd.
func ours(t *testing.T) (found []string) {
	t.Helper()
	stats, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		t.Fatal(err)
	}
	parent := fmt.Sprintf(" %d ", os.Getpid())
	for _, name := range stats {
		text, _ := os.ReadFile(name) // a process may end meanwhile
		pid, rest, _ := strings.Cut(string(text), " ")
		_, state, _ := strings.Cut(rest, ") ")
		if strings.HasPrefix(rest, "(apache2)") && strings.HasPrefix(state[min(1, len(state)):], parent) {
			found = append(found, pid)
		}
	}
	return found
}

// verdict is a test that keeps what it is told, and ends where a test would.
type verdict struct {
	testing.TB
	failed string
}

func (v *verdict) Fatalf(format string, args ...any) {
	v.failed = fmt.Sprintf(format, args...)
	runtime.Goexit()
}

// judge runs f with a verdict and gives what it failed with.
func judge(t *testing.T, f func(testing.TB)) string {
	t.Helper()
	v := &verdict{TB: t}
	done := make(chan struct{})
	go func() { defer close(done); f(v) }()
	<-done
	return v.failed
}

// TestFails: a site that does not come up fails its test, and so does one that should not.
func TestFails(t *testing.T) {
	if got := judge(t, func(t testing.TB) { prove.Start(t, "testdata/no-redirect-uri") }); !contains(got, "ended instead of serving") {
		t.Errorf("a site that httpd refuses: %q", got)
	}
	if got := judge(t, func(t testing.TB) { prove.Refuses(t, "testdata/good") }); !contains(got, "should refuse to start") {
		t.Errorf("a site that httpd serves: %q", got)
	}
	if got := judge(t, func(t testing.TB) { prove.Start(t, "testdata/keystone/broken") }); !contains(got, "no httpd.conf and no tree") {
		t.Errorf("a fixture without a site: %q", got)
	}
}

// TestSyntax: what httpd -t refuses it says at the fixture's own line.
func TestSyntax(t *testing.T) {
	t.Parallel()
	got := prove.Refuses(t, "testdata/syntax")
	if want := "Syntax error on line 3 of /etc/httpd/conf.d/10-keystone_wsgi.conf"; got.TOk || !contains(got.Said, want) {
		t.Errorf("-t took it: %v; said, without %q:\n%s", got.TOk, want, got.Said)
	}
}

// TestLoginStops: a login ends where a browser could not go on.
func TestLoginStops(t *testing.T) {
	t.Parallel()
	site := prove.Start(t, "testdata/good")
	for name, c := range map[string]struct {
		path, issuer string
		want         int
	}{
		"at another issuer's form": {websso, op2, 200},
		"at a refusal":             {auth, op1, 401},
		"at an unknown issuer":     {global, "https://op9.example.org", 200},
	} {
		got, trace := site.Login(t, c.path, c.issuer, "alice")
		if got.Env != nil || got.Status != c.want {
			t.Errorf("%s: %d with environment %v, want %d\n%s%s", name, got.Status, got.Env != nil, c.want, trace, got.Body)
		}
	}
	answer, _ := prove.Start(t, "testdata/good", prove.Replace("https://op1.example.org/auth", "https://op1.example.invalid/auth")).Login(t, websso, op1, "alice")
	if answer.Status != 0 || answer.Body == "" {
		t.Errorf("an issuer without an address: %d %q", answer.Status, answer.Body)
	}
}
