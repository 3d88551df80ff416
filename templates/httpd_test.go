package templates_test

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/internal/oidc/optest"
	"github.com/fedstone/fedstone/internal/platform"
	"github.com/fedstone/fedstone/internal/spec"
	"github.com/fedstone/fedstone/templates"
)

// need skips a test that cannot run here, or fails it where it must run.
func need(t testing.TB, missing string) {
	t.Helper()
	if os.Getenv("FEDSTONE_REQUIRE_LAB") == "1" {
		t.Fatal(missing)
	}
	t.Skip(missing)
}

// echo stands in Keystone's place: it answers with the claims it is given.
const echo = `def application(environ, start_response):
    start_response("201 Created", [("Content-Type", "text/plain")])
    seen = sorted(k for k in environ if "OIDC" in k.upper() or k == "REMOTE_USER")
    return [("\n".join("%s=%s" % (k, environ[k]) for k in seen)).encode("utf-8", "replace")]
`

// site is a real httpd that runs a rendered tree.
type site struct {
	public string // http://127.0.0.1:port
	log    string
	stop   func() // before the test ends
}

// rendered is a tree and the ports it names.
type rendered struct {
	root, vhost, public string
	system              string // what httpd finds in the place of the system's CAs; "": those
}

// renderSite renders the description into a folder of its own, on free ports.
func renderSite(t *testing.T, fed *spec.Federation, in templates.Inputs) rendered {
	t.Helper()
	root := t.TempDir()
	openFor(t, root)
	script := filepath.Join(root, "echo.wsgi")
	write(t, script, echo)
	p, ok := platform.ByName(fed.Platform.Value)
	if !ok {
		t.Fatalf("no platform %s", fed.Platform)
	}
	p.Layout.WSGIScript, p.Layout.KeystoneUser, p.Layout.KeystoneGroup = script, "www-data", "www-data"
	public, gate := labtest.FreePort(t), labtest.FreePort(t)
	fed.HTTPD.Listen, fed.HTTPD.GatePort = text("127.0.0.1:"+public), spec.Number{Value: atoi(t, gate)}
	in.Prefix, in.Platform = root, &p
	b := mustRender(t, fed, in)
	if _, err := templates.Write(context.Background(), b, root, templates.WriteOptions{}); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(root, p.Layout.LogDir), 0o755); err != nil {
		t.Fatal(err)
	}
	return rendered{root: root, vhost: filepath.Join(root, p.Layout.Vhost), public: public}
}

// openFor lets httpd's user through the folders of the test.
func openFor(t *testing.T, dir string) {
	t.Helper()
	for d := dir; strings.HasPrefix(d, os.TempDir()+"/"); d = filepath.Dir(d) {
		if err := os.Chmod(d, 0o755); err != nil {
			t.Fatal(err)
		}
	}
}

const frame = `ServerRoot %[1]s
ServerName localhost
PidFile %[1]s/httpd.pid
ErrorLog %[1]s/error.log
%[2]s
User www-data
Group www-data
WSGISocketPrefix %[1]s/wsgi
Include %[3]s
`

// start checks the tree with httpd, starts it, and stops it when the test ends.
func start(t *testing.T, r rendered) site {
	t.Helper()
	httpd, err := exec.LookPath("apache2")
	if err != nil || os.Geteuid() != 0 {
		need(t, "httpd (apache2 with mod_auth_openidc and mod_wsgi) and root are needed")
	}
	conf := filepath.Join(r.root, "httpd.conf")
	write(t, conf, fmt.Sprintf(frame, r.root, modules(t), r.vhost))
	if out, err := exec.Command(httpd, "-t", "-f", conf).CombinedOutput(); err != nil {
		t.Fatalf("apache2 -t: %v\n%s", err, out)
	}
	s := site{public: "http://127.0.0.1:" + r.public, log: filepath.Join(r.root, "error.log")}
	s.stop = run(t, r.command(httpd, "-DFOREGROUND", "-f", conf), s)
	return s
}

// command runs httpd where it finds these CAs in the place of the system's:
// mod_oauth2 asks no other ones.
func (r rendered) command(httpd string, args ...string) *exec.Cmd {
	if r.system == "" {
		return exec.Command(httpd, args...)
	}
	const script = `mount --bind "$0" /etc/ssl/certs/ca-certificates.crt && exec "$@"`
	return exec.Command("unshare", append([]string{"--mount", "sh", "-c", script, r.system, httpd}, args...)...)
}

func modules(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	for _, m := range []string{"mpm_event", "authn_core", "authz_core", "authz_user", "auth_openidc", "oauth2", "headers", "proxy", "proxy_http", "socache_shmcb", "ssl", "wsgi"} {
		fmt.Fprintf(&b, "LoadModule %s_module /usr/lib/apache2/modules/mod_%s.so\n", m, m)
	}
	return b.String()
}

// run starts a program that listens at the site's address, and gives what ends it.
func run(t *testing.T, cmd *exec.Cmd, s site) (stop func()) {
	t.Helper()
	cmd.Stderr = io.Discard
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	stop = sync.OnceFunc(func() {
		_ = cmd.Process.Signal(os.Interrupt)
		_ = cmd.Wait()
	})
	t.Cleanup(func() {
		stop()
		if t.Failed() {
			t.Log(read(t, s.log))
		}
	})
	for range 100 {
		if c, err := net.Dial("tcp", strings.TrimPrefix(s.public, "http://")); err == nil {
			_ = c.Close()
			return stop
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatalf("%s does not listen at %s:\n%s", cmd.Path, s.public, read(t, s.log))
	return nil
}

// ask sends one request and follows nothing.
func (s site) ask(t *testing.T, method, path string, header http.Header) (*http.Response, string) {
	t.Helper()
	req, err := http.NewRequest(method, s.public+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	if header != nil {
		req.Header = header.Clone()
	}
	req.Host = "keystone.example.org:5000"
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }, Timeout: 20 * time.Second}
	resp, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, _ := io.ReadAll(resp.Body)
	return resp, string(body)
}

// issuers starts providers with keys of their own, and describes them.
func issuers(t *testing.T, ids ...string) (*spec.Federation, templates.Inputs, map[string]*optest.Server) {
	t.Helper()
	servers := map[string]*optest.Server{}
	fed := federation("debian-12")
	for _, id := range ids {
		s := optest.New(t)
		s.Keys.Other(t)
		idp := provider(id, s.URL)
		idp.Bearer.ClientClaim = text("azp")
		fed.IdentityProviders = append(fed.IdentityProviders, idp)
		servers[id] = s
	}
	in := inputs(fed)
	for id, s := range servers {
		in.Documents[id] = parsed(s.URL, s.Document)
	}
	return fed, in, servers
}

// trust puts the providers' CA into the tree, where the description names it.
func trust(t *testing.T, fed *spec.Federation, r rendered, s *optest.Server) {
	t.Helper()
	write(t, filepath.Join(r.root, fed.HTTPD.CABundle.Value), read(t, s.CAFile))
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		return err.Error()
	}
	return string(content)
}

func atoi(t *testing.T, s string) int {
	t.Helper()
	var n int
	if _, err := fmt.Sscan(s, &n); err != nil {
		t.Fatal(err)
	}
	return n
}
