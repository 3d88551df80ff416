package templates_test

import (
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/lab"
	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/internal/oidc/optest"
	"github.com/fedstone/fedstone/internal/spec"
)

// cluster is several controllers behind a load balancer that sends each request
// to the next one.
type cluster struct {
	site
	controllers []site
	trees       []rendered
	servers     map[string]*optest.Server
}

const balancerConf = `defaults
  mode http
  timeout connect 5s
  timeout client 60s
  timeout server 60s
  option http-server-close
frontend keystone
  bind 127.0.0.1:%s
  default_backend controllers
backend controllers
  balance roundrobin
  http-response set-header X-Controller %%s
%s`

// controllers starts two httpds, as two descriptions of one deployment have them:
// they differ in ports alone, since they run on one host.
func controllers(t *testing.T, change func(*spec.Federation)) *cluster {
	t.Helper()
	fed, in, servers := visited(t, "corp", "partner")
	change(fed)
	c := &cluster{servers: servers}
	var lines strings.Builder
	for i := range 2 {
		r := renderSite(t, fed, in)
		trustAll(t, fed, r, servers)
		c.trees, c.controllers = append(c.trees, r), append(c.controllers, start(t, r))
		fmt.Fprintf(&lines, "  server ctl%d 127.0.0.1:%s\n", i, r.public)
	}
	c.balance(t, lines.String())
	return c
}

func (c *cluster) balance(t *testing.T, lines string) {
	t.Helper()
	program, err := exec.LookPath("haproxy")
	if err != nil {
		need(t, "no haproxy here: install haproxy")
	}
	port, conf := labtest.FreePort(t), filepath.Join(t.TempDir(), "haproxy.cfg")
	write(t, conf, fmt.Sprintf(balancerConf, port, lines))
	c.site = site{public: "http://127.0.0.1:" + port, log: conf}
	run(t, exec.Command(program, "-db", "-f", conf), c.site)
}

// restart ends every httpd and starts it again, with the same files.
func (c *cluster) restart(t *testing.T) {
	t.Helper()
	for i := range c.controllers {
		c.controllers[i].stop()
		c.controllers[i] = start(t, c.trees[i])
	}
}

// TestControllers: a login that begins at one controller ends at another, and the
// session is known to both, also after they were restarted.
func TestControllers(t *testing.T) {
	for name, change := range map[string]func(*spec.Federation){
		"memcache": func(f *spec.Federation) {
			f.HTTPD.Cache = spec.Cache{Type: text("memcache"), Servers: list(memcached(t), memcached(t))}
		},
		"redis": func(f *spec.Federation) {
			f.HTTPD.Cache = spec.Cache{Type: text("redis"), Servers: list(redis(t)), Password: spec.Secret{Env: text("REDIS")}}
		},
		"cookie": func(f *spec.Federation) {
			f.HTTPD.Sessions, f.Browser.Logout = text(spec.SessionsInCookie), text(spec.LogoutEverywhere)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := controllers(t, change)
			v := visit(t, c.site, c.servers)
			v.mustOpen(t, login(at(websso, "corp"))).isAt(t, c.servers["corp"].URL)
			if n := len(v.by); n < 3 || v.by[n-1] == v.by[n-2] {
				t.Errorf("the controllers were %v, want one after the other", v.by)
			}
			c.keepsSession(t, v)
			c.restart(t)
			c.keepsSession(t, v)
			v.mustOpen(t, login(at(websso, "partner"))).isAt(t, c.servers["partner"].URL)
		})
	}
}

// keepsSession: each controller knows the session, without asking the issuer.
func (c *cluster) keepsSession(t *testing.T, v *visitor) {
	t.Helper()
	asked := c.servers["corp"].Asked("/authorize")
	var by []string
	for range 2 {
		v.mustOpen(t, login(at(websso, "corp"))).isAt(t, c.servers["corp"].URL)
		by = append(by, v.by...)
	}
	if slices.Sort(by); c.servers["corp"].Asked("/authorize") != asked || !slices.Equal(by, []string{"ctl0", "ctl1"}) {
		t.Errorf("%v answered, and the issuer was asked %d times more; want both controllers, and no time", by, c.servers["corp"].Asked("/authorize")-asked)
	}
}

// TestControllersApart: what the finding cache-shm says. The browser is sent round
// in circles, since the controller that it comes back to knows of no session.
func TestControllersApart(t *testing.T) {
	c := controllers(t, func(*spec.Federation) {})
	v := visit(t, c.site, c.servers)
	if p, err := v.open(t, login(at(websso, "corp"))); err == nil || c.servers["corp"].Asked("/authorize") < 3 {
		t.Errorf("got %d at %s by %v, want a way without end", p.status, p.at, v.by)
	}
}

// TestRestart: with one controller and its own memory, who was logged in logs in
// again after a restart; nobody ends on an error page.
func TestRestart(t *testing.T) {
	fed, in, servers := issuers(t, "corp")
	parties(servers)
	in.Documents["corp"] = parsed(servers["corp"].URL, servers["corp"].Document)
	fed.HTTPD.CABundle = text("/etc/ca.pem")
	r := renderSite(t, fed, in)
	trustAll(t, fed, r, servers)
	s := start(t, r)
	v := visit(t, s, servers)
	v.mustOpen(t, login(at(websso, "corp"))).isAt(t, servers["corp"].URL)
	s.stop()
	start(t, r)
	v.mustOpen(t, login(at(websso, "corp"))).isAt(t, servers["corp"].URL)
	if n := servers["corp"].Asked("/authorize"); n != 2 {
		t.Errorf("the issuer was asked %d times, want 2", n)
	}
}

// TestCookieSize holds what docs/ha.md says of sessions in cookies: they grow with
// the groups, up to what httpd takes.
func TestCookieSize(t *testing.T) {
	s, servers := door(t, func(f *spec.Federation) {
		f.HTTPD.Sessions, f.Browser.Logout = text(spec.SessionsInCookie), text(spec.LogoutEverywhere)
	})
	for n, want := range map[int]int{100: http.StatusCreated, 200: http.StatusBadRequest} {
		groups := make([]string, n)
		for i := range groups {
			groups[i] = fmt.Sprintf("group-of-the-department-%08d", i)
		}
		servers["corp"].Claims["groups"] = groups
		if p := visit(t, s, servers).mustOpen(t, login(at(websso, "corp"))); p.status != want {
			t.Errorf("%d groups: got %d, want %d", n, p.status, want)
		}
	}
}

// memcached starts one, and gives its address.
func memcached(t *testing.T) string {
	t.Helper()
	program, err := lab.MemcachedProgram(t.Context())
	if err != nil {
		need(t, "no memcached here: "+err.Error())
	}
	port := labtest.FreePort(t)
	run(t, exec.Command(program, "-u", "nobody", "-l", "127.0.0.1", "-p", port, "-U", "0", "-m", "16", "-t", "1"), site{public: "http://127.0.0.1:" + port})
	return "127.0.0.1:" + port
}

// redis starts one with the password that namedSecret gives, and gives its address.
func redis(t *testing.T) string {
	t.Helper()
	if _, err := os.Stat(lab.RedisProgram); err != nil {
		need(t, "no redis here: install redis-tools")
	}
	port := labtest.FreePort(t)
	cmd := exec.Command(lab.RedisProgram, "--bind", "127.0.0.1", "--port", port, "--save", "", "--dir", t.TempDir(), "--requirepass", "canary-of-redis")
	cmd.Args[0] = "redis-server"
	run(t, cmd, site{public: "http://127.0.0.1:" + port})
	return "127.0.0.1:" + port
}
