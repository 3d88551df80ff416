package main

import (
	"errors"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/fedstone/fedstone/internal/kept"
	"github.com/fedstone/fedstone/internal/oidc/optest"
)

// Places of the tree that the tests change.
const (
	keptVhost    = "tree/etc/apache2/sites-enabled/10-keystone_wsgi.conf"
	keptManifest = "tree/var/lib/fedstone/manifest.json"
	keptJournal  = "tree/var/lib/fedstone/.fedstone-journal"
)

// TestCheckRemembers holds of every kind of change that --check tells what it tells
// when it remembers nothing, and that it does remember where nothing has changed.
func TestCheckRemembers(t *testing.T) {
	changes := map[string]func(rendered){
		"the description":             func(r rendered) { r.edit("federation.yaml", "display_name: Corp", "display_name: Corpus") },
		"a saved document":            func(r rendered) { r.edit("corp.json", "openid-connect/auth", "openid-connect/authorize") },
		"a source that is gone":       func(r rendered) { r.must(os.Remove(r.at("corp.json"))) },
		"a secret's file":             func(r rendered) { r.edit("passphrase", "canary", "canary of another") },
		"the mode of a secret's file": func(r rendered) { r.must(os.Chmod(r.at("passphrase"), 0o644)) },
		"a mapping":                   func(r rendered) { r.edit("rules.json", "everybody", "nobody") },
		"the CA file":                 func(r rendered) { r.edit("ca.pem", "BEGIN", "BEGUN") },
		"a variable":                  func(r rendered) { r.env["CORP"] = "canary of another" },
		"a variable that is gone":     func(r rendered) { delete(r.env, "CORP") },
		"a file of the tree":          func(r rendered) { r.edit(keptVhost, "Listen", "# Listen") },
		"a file of the same size":     func(r rendered) { r.edit(keptVhost, "OIDC", "OIDD") },
		"a file that is open":         func(r rendered) { r.must(os.Chmod(r.at(keptVhost), 0o666)) },
		"a folder that is open":       func(r rendered) { r.must(os.Chmod(r.at("tree/etc/apache2/oidc"), 0o777)) },
		"a file that is gone":         func(r rendered) { r.must(os.Remove(r.at(keptVhost))) },
		"a link in a file's place":    func(r rendered) { r.link(keptVhost) },
		"a link in a folder's place":  func(r rendered) { r.link("tree/etc/keystone") },
		"a tree that is gone":         func(r rendered) { r.must(os.RemoveAll(r.at("tree"))) },
		"the manifest":                func(r rendered) { r.edit(keptManifest, "debian-12", "debian-11") },
		"a run that was cut off":      func(r rendered) { r.file(keptJournal, "{}") },
		"a stranger":                  func(r rendered) { r.file("tree/etc/apache2/oidc/old.provider", "{}") },
		"what is remembered":          func(r rendered) { r.edit(r.kept(), "tree", "eert") },
		"others may write it":         func(r rendered) { r.must(os.Chmod(r.at(r.kept()), 0o666)) },
		"another owner's folder":      func(r rendered) { r.link(r.kept()) },
	}
	for name, change := range changes {
		t.Run(name, func(t *testing.T) {
			r := newRendered(t)
			time.Sleep(200 * time.Millisecond) // what is just written may have been read or not
			r.check(exitClean, "tree: as described")
			r.mark()
			r.check(exitClean, "remembered: as described")
			change(r)
			got, want := r.run("render", "-o", "tree", "--check"), r.run("render", "-o", "tree", "--check", "--no-cache")
			if got != want {
				t.Errorf("got %+v\nwant %+v", got, want)
			}
		})
	}
}

// TestCheckDoesNotRemember is of runs that another run may end otherwise than.
func TestCheckDoesNotRemember(t *testing.T) {
	cases := map[string]struct {
		change func(rendered)
		flags  []string
	}{
		"a command": {func(r rendered) { r.edit("federation.yaml", "env: CORP", "exec: [echo, canary]") }, []string{"--allow-exec"}},
		"a finding": {func(r rendered) {
			r.edit("federation.yaml", "without: {}", "without: {pkce: a reason of this test}")
		}, nil},
		"no memory": {func(rendered) {}, []string{"--no-cache"}},
		"no folder": {func(r rendered) { r.file(".cache", "") }, nil},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			r := newRendered(t)
			r.must(os.RemoveAll(r.at(".cache")))
			c.change(r)
			time.Sleep(200 * time.Millisecond)
			r.run(append([]string{"render", "-o", "tree"}, c.flags...)...).expect(t, exitClean)
			if found, _ := filepath.Glob(r.at(".cache/fedstone/renders/*")); len(found) > 0 {
				t.Errorf("there is %v", found)
			}
		})
	}
}

// rendered is somebody who has rendered a tree.
type rendered struct{ caller }

func newRendered(t *testing.T) rendered {
	r := rendered{newCaller(t)}
	r.env["CORP"] = "canary-of-corp"
	r.file("passphrase", "canary-of-the-passphrase")
	r.file("corp.json", withoutDocument)
	r.file("rules.json", `{"rules": [{"local": [{"user": {"name": "{0}"}}, {"group": {"name": "everybody", "domain": {"name": "d"}}}], "remote": [{"type": "OIDC-sub"}]}]}`)
	web := httptest.NewTLSServer(nil)
	t.Cleanup(web.Close)
	pem, err := os.ReadFile(optest.CAFile(t, web))
	r.must(err)
	r.file("ca.pem", string(pem))
	r.file("federation.yaml", keptDescription)
	r.run("render", "-o", "tree").expect(t, exitClean)
	return r
}

const keptDescription = `version: 1
keystone: {url: "https://keystone.example.org:5000", ca_file: ca.pem}
platform: debian-12
httpd: {crypto_passphrase: {file: passphrase}}
identity_providers:
  corp:
    display_name: Corp
    issuer: https://sso.example.org/realms/corp
    metadata: corp.json
    client: {id: keystone, secret: {env: CORP}}
    mapping: rules.json
    without: {}
`

func (r rendered) at(name string) string { return filepath.Join(r.dir, name) }

func (r rendered) must(err error) {
	r.t.Helper()
	if err != nil {
		r.t.Fatal(err)
	}
}

func (r rendered) check(status int, says string) {
	r.t.Helper()
	r.run("render", "-o", "tree", "--check").expect(r.t, status, says)
}

func (r rendered) edit(name, old, new string) {
	r.t.Helper()
	text, err := os.ReadFile(r.at(name))
	r.must(err)
	if !strings.Contains(string(text), old) {
		r.t.Fatalf("%s does not hold %q", name, old)
	}
	r.must(os.WriteFile(r.at(name), []byte(strings.ReplaceAll(string(text), old, new)), 0o600))
}

// link puts a link to the same in something's place.
func (r rendered) link(name string) {
	r.t.Helper()
	r.must(errors.Join(os.Rename(r.at(name), r.at("moved")), os.Symlink(r.at("moved"), r.at(name))))
}

// kept is the file that the run is remembered by.
func (r rendered) kept() string {
	r.t.Helper()
	found, err := filepath.Glob(r.at(".cache/fedstone/renders/*"))
	if err != nil || len(found) != 1 {
		r.t.Fatalf("%v, %v", found, err)
	}
	name, err := filepath.Rel(r.dir, found[0])
	r.must(err)
	return name
}

// mark changes what is remembered, so that an answer from it is known.
func (r rendered) mark() {
	r.t.Helper()
	r.t.Setenv("XDG_CACHE_HOME", r.at(".cache"))
	store, err := kept.Open()
	r.must(err)
	r.t.Setenv("CORP", r.env["CORP"])
	name := memoryName(r.dir, "federation.yaml", "tree", "", "", "")
	run, ok := store.Load(name)
	if !ok {
		r.t.Fatal("nothing is remembered")
	}
	said := strings.Replace(string(run.Said), `"tree"`, `"remembered"`, 1)
	run.Said = []byte(said)
	r.must(store.Save(name, run))
}
