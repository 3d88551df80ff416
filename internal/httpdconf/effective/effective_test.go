package effective_test

import (
	"fmt"
	"io"
	"io/fs"
	"net/netip"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/internal/httpdconf/effective"
)

// one is a configuration of one file that is nowhere on disk.
type one struct{ fstest.MapFS }

func (o one) Stat(name string) (fs.FileInfo, error) {
	return o.MapFS.Stat(strings.TrimPrefix(name, "/"))
}
func (o one) ReadDir(name string) ([]fs.DirEntry, error) { return nil, fs.ErrNotExist }
func (o one) Open(name string) (io.ReadCloser, error) {
	return o.MapFS.Open(strings.TrimPrefix(name, "/"))
}
func (o one) Show(name string) string { return name }

func load(t testing.TB, text string) (*effective.Config, finding.List) {
	t.Helper()
	files := one{fstest.MapFS{"main.conf": {Data: []byte(text)}}}
	tree, _, err := httpdconf.Load("/main.conf", httpdconf.Options{Files: files})
	if err != nil {
		t.Fatal(err)
	}
	return effective.New(tree)
}

// TestUndecided: what only a running server knows is never passed over.
func TestUndecided(t *testing.T) {
	config, _ := load(t, `<Location /a>
AuthType oauth20
Require valid-user
<If "-n req('X')">
AuthType none
Require all granted
</If>
<ElseIf "true">
AuthName else
</ElseIf>
<Else>
AuthName never
</Else>
</Location>
<LocationMatch "(?|a|b)(*SKIP)">
AuthType odd
</LocationMatch>
<If "false">
AuthType nobody
</If>
`)
	x := config.Main.At(effective.Request{Path: "/a"})
	lines := func(s effective.Setting) string {
		var out []string
		for _, c := range s.Commands {
			out = append(out, fmt.Sprintf("%d", c.Line()))
		}
		out = append(out, "undecided")
		for _, c := range s.Undecided {
			out = append(out, fmt.Sprintf("%d", c.Line()))
		}
		return strings.Join(out, " ")
	}
	got := []string{lines(x.Setting("AuthType")), lines(x.Setting("authname"))}
	authz, undecided := x.Authz()
	got = append(got, fmt.Sprint(authz.Command.Line(), len(undecided), undecided[0].Line()))
	want := []string{"2 undecided 16 5", "undecided 9", "3 1 4"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestNamesNeedDNS(t *testing.T) {
	config, found := load(t, "<VirtualHost web.example.org:80 [::1]:80 LOCALHOST:80>\nServerName a\n</VirtualHost>\n<VirtualHost *:80>\nServerName b\n</VirtualHost>\n")
	if len(found) != 1 || found[0].At.String() != "/main.conf:1:14" || found[0].Severity != finding.Info {
		t.Error(found)
	}
	for address, want := range map[string]string{"[::1]:80": "a", "127.0.0.1:80": "a", "[::ffff:127.0.0.1]:80": "a", "10.0.0.1:80": "b", "10.0.0.1:81": ""} {
		if got := config.Select(netip.MustParseAddrPort(address), "x").Name; got != want {
			t.Errorf("%s: %q, want %q", address, got, want)
		}
	}
}

// TestAuthz: And within the sections of one kind reaches out to the others.
func TestAuthz(t *testing.T) {
	config, _ := load(t, `<Directory />
Require env D
</Directory>
<Location /a>
Require env A
Require env B
</Location>
<Location /a/b>
AuthMerging And
<Limit POST>
Require env C
</Limit>
</Location>
<Location /off>
AuthMerging Off
</Location>
<Location /looks>
Require env A
Satisfy Any
</Location>
<LocationMatch "^/looks/">
Require all granted
</LocationMatch>
`)
	for path, want := range map[string]string{
		"/": "D", "/a": "any(A B)", "/a/b": "all(D all(any(A B) C/1))", "/off": "nothing",
		"/looks": "A", "/looks/open": "granted",
	} {
		authz, _ := config.Main.At(effective.Request{Path: path, File: "/f"}).Authz()
		if got := drawn(authz); got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
	if got := config.Main.At(effective.Request{Path: "/looks/open"}).Setting("satisfy").Value(); got != "Any" {
		t.Errorf("Satisfy %q", got)
	}
}

func drawn(a *effective.Authz) string {
	if a == nil {
		return "nothing"
	}
	if a.Op == effective.One {
		limits := ""
		if len(a.Limits) > 0 {
			limits = fmt.Sprintf("/%d", len(a.Limits))
		}
		return a.Command.Argv()[1] + limits
	}
	var parts []string
	for _, p := range a.Parts {
		parts = append(parts, drawn(p))
	}
	return map[effective.Op]string{effective.All: "all", effective.Any: "any", effective.None: "none"}[a.Op] + "(" + strings.Join(parts, " ") + ")"
}

// TestOpenIDC: the rules come from the module's tables.
func TestOpenIDC(t *testing.T) {
	config, _ := load(t, `OIDCWhiteListedClaims a b
OIDCClientID main
<VirtualHost *:1>
OIDCWhiteListedClaims c
OIDCWhiteListedClaims d
<Location />
OIDCClientID never
OIDCCookie own
</Location>
</VirtualHost>
`)
	x := config.Hosts[0].At(effective.Request{Path: "/"})
	got := []int{len(x.Setting("OIDCWhiteListedClaims").Commands), x.Setting("OIDCClientID").Commands[0].Line(), x.Setting("OIDCCookie").Commands[0].Line()}
	if diff := cmp.Diff([]int{2, 2, 8}, got); diff != "" {
		t.Error(diff)
	}
}

// BenchmarkAt asks for each of many paths, each of which has a section of its own.
func BenchmarkAt(b *testing.B) {
	const sections = 20000
	var text strings.Builder
	for i := range sections {
		fmt.Fprintf(&text, "<Location \"/v3/OS-FEDERATION/identity_providers/idp%d/protocols/openid/auth\">\nAuthType oauth20\nRequire claim iss:%d\n</Location>\n", i, i)
	}
	config, _ := load(b, text.String())
	i := 0
	for b.Loop() {
		i = (i + 1) % sections
		x := config.Main.At(effective.Request{Path: fmt.Sprintf("/v3/OS-FEDERATION/identity_providers/idp%d/protocols/openid/auth", i)})
		if len(x.Layers) != 2 {
			b.Fatal(len(x.Layers))
		}
	}
}
