package templates_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/templates"
)

const (
	includesServer = "Include /etc/apache2/fedstone/keystone-server.conf"
	includesVhost  = "    Include /etc/apache2/fedstone/keystone-vhost.conf"
)

// included renders with layout include; base "" is none.
func included(t *testing.T, base string) (*templates.Bundle, finding.List) {
	t.Helper()
	fed := merging("5000", "corp")
	fed.HTTPD.Layout = text("include")
	in := inputs(fed)
	if base != "" {
		in.Base = into([]byte(base))
	}
	b, list, err := templates.Render(fed, in)
	if err != nil {
		t.Fatal(err)
	}
	if b != nil {
		if err := b.Verify(); err != nil {
			t.Fatal(err)
		}
	}
	return b, list
}

// TestInclude: two files that no pattern of httpd's own reads, and what to add by hand.
func TestInclude(t *testing.T) {
	b, _ := included(t, "")
	want := []string{"outside of every virtual host, in front of the one for 5000, add: " + includesServer, "as the last line of the virtual host for 5000, add: " + includesVhost}
	if diff := cmp.Diff(want, b.ByHand); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for path, first := range map[string]string{"/etc/apache2/fedstone/keystone-server.conf": "Listen 127.0.0.1:5051", "/etc/apache2/fedstone/keystone-vhost.conf": "ServerName https://keystone.example.org:5000"} {
		f, ok := b.File(path)
		if !ok || f.Mode != 0o640 || f.Kind != templates.HTTPD || !strings.Contains(string(f.Content), first) {
			t.Errorf("%s: mode %v, kind %s\n%s", path, f.Mode, f.Kind, f.Content)
		}
	}
	if _, ok := b.File("/etc/apache2/sites-enabled/10-keystone_wsgi.conf"); ok {
		t.Error("the vhost's own file is written")
	}
}

// TestIncludeLines: with the file at hand, the places are named; once the lines stand there,
// nothing is left to do.
func TestIncludeLines(t *testing.T) {
	base := vhostWith("  SetEnv X y", "# end")
	b, list := included(t, base)
	want := []string{"base.conf, in front of line 2 (<VirtualHost *:5000>), add: " + includesServer, "base.conf, in front of line 8 (</VirtualHost>), add: " + includesVhost}
	if b == nil || cmp.Diff(want, b.ByHand) != "" {
		t.Fatalf("%v\n%s", b, told(list))
	}
	lines := strings.Split(base, "\n")
	lines[7] = includesVhost + "\n" + lines[7]
	lines[1] = includesServer + "\n" + lines[1]
	if b, list = included(t, strings.Join(lines, "\n")); b == nil || len(b.ByHand) > 0 || len(list) > 0 {
		t.Errorf("left to do: %v\n%s", b, told(list))
	}
}

// TestIncludeRefuses: lines in the wrong place, and what stands around them.
func TestIncludeRefuses(t *testing.T) {
	good := func(inside, behind string) string { return includesServer + "\n" + vhostWith(inside, behind) }
	for name, c := range map[string]struct{ base, want string }{
		"the vhost's file outside":          {good("", includesVhost), "10:5 include-place"},
		"the server's file inside":          {vhostWith(includesServer+"\n"+includesVhost, ""), "7:1 include-place"},
		"in another vhost":                  {good("", "<VirtualHost *:80>\n"+includesVhost+"\n</VirtualHost>"), "11:5 include-place"},
		"a section behind it":               {good(includesVhost+"\n  <Location /v3>\n    Require all granted\n  </Location>", ""), "10:5 merge-swallowed"},
		"directives of the module":          {good("  OIDCClaimPrefix X-\n"+includesVhost, ""), "8:3 merge-collision"},
		"what layout merge has left behind": {string(mergedText(t, merging("5000", "corp"), []byte(vhostWith("", "")))), "2:1 merge-markers"},
	} {
		t.Run(name, func(t *testing.T) {
			b, list := included(t, c.base)
			if b != nil || len(list) == 0 || !strings.HasPrefix(fmt.Sprintf("%s %s", atOf(list[0]), list[0].Slug), c.want) {
				t.Errorf("want %s first, got\n%s", c.want, told(list))
			}
		})
	}
}
