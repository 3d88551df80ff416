package apply_test

import (
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// TestManyProviders brings 500 identity providers about, and the end of 20, and
// holds what the openstack client lists against that. It takes minutes.
func TestManyProviders(t *testing.T) {
	if os.Getenv("FEDSTONE_DEEP") != "1" {
		t.Skip("takes minutes: FEDSTONE_DEEP=1 runs it")
	}
	const many, gone = 500, 20
	var names []string
	for i := range many {
		names = append(names, fmt.Sprint("many", i))
	}
	c := newCommand(t, labtest.Binary(t), names...)
	all := many * labtest.ObjectsOfDescribed
	c.ends(t, fmt.Sprintf("%d to create, 0 to update, 0 unchanged\n", all))
	c.ends(t, fmt.Sprintf("0 to create, 0 to update, %d unchanged\n", all))
	c.has(t, map[string]int{"identity provider": many, "mapping": many, "domain": many})
	c.whole(t, names[many-1])
	c.describe(t, names[:many-gone]...)
	kept := all - gone*labtest.ObjectsOfDescribed
	c.ends(t, fmt.Sprintf("0 to create, %d to update, %d to delete, %d unchanged\n", gone, 4*gone, kept), "--prune")
	c.ends(t, fmt.Sprintf("0 to create, 0 to update, %d unchanged\n", kept), "--prune")
	c.has(t, map[string]int{"identity provider": many - gone, "mapping": many - gone, "domain": many})
	c.whole(t, names[many-gone-1])
}

// ends wants a run to end with those words.
func (c command) ends(t *testing.T, want string, args ...string) {
	t.Helper()
	start := time.Now()
	if out := c.run(t, args...); !strings.HasSuffix(out, want) {
		t.Fatalf("want %q at the end of:\n%s", want, out)
	}
	t.Logf("%.1f s: %s", time.Since(start).Seconds(), want)
}

// openstack gives the lines that the real client prints.
func (c command) openstack(t *testing.T, args ...string) []string {
	t.Helper()
	cmd := exec.Command("openstack", append(args, "-f", "value")...)
	cmd.Env = c.env
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("openstack %q: %v", args, err)
	}
	return strings.Split(strings.TrimSpace(string(out)), "\n")
}

// has counts what the lists have of this test's.
func (c command) has(t *testing.T, want map[string]int) {
	t.Helper()
	for kind, n := range want {
		got := 0
		for _, line := range c.openstack(t, append(strings.Fields(kind), "list")...) {
			if strings.Contains(line, c.suffix) {
				got++
			}
		}
		if got != n {
			t.Errorf("%s list: %d, want %d", kind, got, n)
		}
	}
}

// whole reads one of them back.
func (c command) whole(t *testing.T, name string) {
	t.Helper()
	domain := name + c.suffix
	for want, args := range map[string][]string{
		"https://sso.example.org/realms/" + name: {"identity", "provider", "show", domain, "-c", "remote_ids"},
		"openid " + name:                         {"federation", "protocol", "list", "--identity-provider", domain},
		"demo":                                   {"project", "list", "--domain", domain, "-c", "Name"},
		"users":                                  {"group", "list", "--domain", domain, "-c", "Name"},
		"member, reader":                         {"role", "assignment", "list", "--names", "--group", "users", "--group-domain", domain, "--project", "demo", "--project-domain", domain, "-c", "Role"},
	} {
		got := c.openstack(t, args...)
		slices.Sort(got)
		if strings.Trim(c.plain(strings.Join(got, ", ")), "[]'") != want { // one client shows lists as Python does
			t.Errorf("%q: %q, want %s", args, got, want)
		}
	}
}
