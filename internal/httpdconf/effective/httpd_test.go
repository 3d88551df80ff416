package effective_test

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/internal/httpdconf/effective"
	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// site is a running httpd with two ports, on 127.0.0.1 and 127.0.0.2.
type site struct {
	root  string
	ports [2]uint16
	conf  string
	tree  *httpdconf.Tree
}

const frame = `ServerName main.test
ServerRoot "%[1]s"
DefaultRuntimeDir "%[1]s"
ErrorLog "%[1]s/error.log"
PidFile "%[1]s/pid"
User www-data
Group www-data
StartServers 1
ServerLimit 1
ThreadsPerChild 8
MaxRequestWorkers 8
MinSpareThreads 1
MaxSpareThreads 8
LoadModule mpm_event_module "%[2]s/mod_mpm_event.so"
LoadModule authz_core_module "%[2]s/mod_authz_core.so"
LoadModule headers_module "%[2]s/mod_headers.so"
LoadModule alias_module "%[2]s/mod_alias.so"
LoadModule env_module "%[2]s/mod_env.so"
Listen 127.0.0.1:%[3]d
Listen 127.0.0.1:%[4]d
Listen 127.0.0.2:%[3]d
Listen 127.0.0.2:%[4]d
DocumentRoot "%[1]s/docs"
`

var documents = []string{"/c.txt", "/a/c.txt", "/a/b/c.txt", "/a/b/d.html", "/ab/c.txt", "/x/b/c.txt"}

// start runs httpd with a text behind the frame, in which @1@ and @2@ are the
// ports and @ROOT@ is the folder.
func start(t testing.TB, text string) *site {
	t.Helper()
	httpd, modules := labtest.Httpd(t)
	s := &site{root: t.TempDir(), ports: freePorts(t)}
	if err := os.Chmod(filepath.Dir(s.root), 0o755); err != nil { // httpd's children are another user
		t.Fatal(err)
	}
	for _, d := range documents {
		write(t, filepath.Join(s.root, "docs", d), "found")
	}
	text = strings.NewReplacer("@1@", fmt.Sprint(s.ports[0]), "@2@", fmt.Sprint(s.ports[1]), "@ROOT@", s.root).Replace(text)
	s.conf = filepath.Join(s.root, "httpd.conf")
	write(t, s.conf, fmt.Sprintf(frame, s.root, modules, s.ports[0], s.ports[1])+text)
	tree, found, err := httpdconf.Load(s.conf, httpdconf.Options{Static: httpdconf.StaticModules("debian")})
	if err != nil || tree.Refused != nil {
		t.Fatal(err, found)
	}
	s.tree = tree
	var said bytes.Buffer
	cmd := exec.Command(httpd, "-D", "FOREGROUND", "-f", s.conf)
	cmd.Stdout, cmd.Stderr = &said, &said
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGTERM)
		late := time.AfterFunc(time.Second, func() { _ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }) // Python takes its time
		defer late.Stop()
		_ = cmd.Wait()
	})
	if !s.wait() {
		log, _ := os.ReadFile(filepath.Join(s.root, "error.log"))
		t.Fatalf("httpd does not answer\n%s%s", said.String(), log)
	}
	return s
}

func write(t testing.TB, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func freePorts(t testing.TB) (ports [2]uint16) {
	t.Helper()
	for i := range ports {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		ports[i] = netip.MustParseAddrPort(l.Addr().String()).Port()
	}
	return ports
}

func (s *site) wait() bool {
	for range 100 {
		c, err := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", s.ports[1]))
		if err == nil {
			c.Close()
			return true
		}
		time.Sleep(50 * time.Millisecond)
	}
	return false
}

// get asks for a path and gives the status and the trace of the sections.
func (s *site) get(t testing.TB, local netip.AddrPort, host, path string) (int, []string) {
	t.Helper()
	request, err := http.NewRequestWithContext(context.Background(), http.MethodGet, "http://"+local.String()+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Host = host
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: 10 * time.Second}
	answer, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	return answer.StatusCode, answer.Header.Values("X-Trace")
}

// trace is what our model says of the same header.
func trace(x *effective.Context) []string {
	var out []string
	for _, c := range x.Setting("Header").Commands {
		if words := c.Argv(); len(words) == 4 && words[2] == "X-Trace" {
			out = append(out, words[3])
		}
	}
	return out
}

// generator writes servers and sections that say which they are.
type generator struct {
	*rand.Rand
	out   strings.Builder
	count int
}

func (g *generator) pick(of ...string) string { return of[g.IntN(len(of))] }

// mark makes a section visible in the answer.
func (g *generator) mark() {
	g.count++
	fmt.Fprintf(&g.out, "Header always add X-Trace n%d\n", g.count)
}

func (g *generator) authz() {
	if g.IntN(3) > 0 {
		return
	}
	if g.IntN(2) == 0 {
		fmt.Fprintf(&g.out, "AuthMerging %s\n", g.pick("And", "Or", "Off"))
	}
	for range g.IntN(3) {
		g.out.WriteString(g.pick("Require all granted\n", "Require all granted\n", "Require all denied\n",
			"<RequireAll>\nRequire all granted\nRequire all denied\n</RequireAll>\n", "<RequireAny>\nRequire all granted\nRequire all denied\n</RequireAny>\n",
			"<RequireAll>\nRequire all granted\n<RequireNone>\nRequire all denied\n</RequireNone>\n</RequireAll>\n"))
	}
}

func (g *generator) section(open, name string, depth int) {
	fmt.Fprintf(&g.out, "<%s %s>\n", name, open)
	g.mark()
	g.authz()
	if depth > 0 && g.IntN(4) == 0 {
		g.ifs(depth - 1)
	}
	if name == "Directory" && g.IntN(4) == 0 {
		g.files()
	}
	fmt.Fprintf(&g.out, "</%s>\n", name)
}

func (g *generator) files() {
	if g.IntN(2) == 0 {
		g.section(g.pick("c.txt", `"*.txt"`, `"?.html"`, `~ "^c"`, "nothing"), "Files", 0)
	} else {
		g.section(g.pick(`"\.txt$"`, `"^d"`), "FilesMatch", 0)
	}
}

func (g *generator) ifs(depth int) {
	g.section(g.pick(`"true"`, `"false"`), "If", depth)
	if g.IntN(2) == 0 {
		g.section(g.pick(`"true"`, `"false"`), "ElseIf", 0)
	}
	if g.IntN(2) == 0 {
		g.out.WriteString("<Else>\n")
		g.mark()
		g.out.WriteString("</Else>\n")
	}
}

func (g *generator) sections(n int) {
	for range n {
		switch g.IntN(8) {
		case 0, 1:
			g.section(g.pick("/", "@ROOT@/docs", "@ROOT@/docs/", "@ROOT@/docs/a", "@ROOT@/docs/a/b/", "@ROOT@/docs/*", `"@ROOT@/docs/?/b"`, "@ROOT@/docs//a/../x", `~ "/docs/a"`), "Directory", 1)
		case 2:
			g.section(g.pick(`"/docs/(?<x>a|x)/"`, `"b$"`, `"/DOCS/"`), "DirectoryMatch", 1)
		case 3:
			g.files()
		case 4, 5:
			g.section(g.pick("/", "/a", "/a/", "/a/b", "/ab", "/a/b/c.txt", `"/*/b"`, `"/a*"`, `"/?/b/*"`, `~ "^/a/"`, "/x/b/", `"/[ax]/b/c.txt"`), "Location", 1)
		case 6:
			g.section(g.pick(`"^/a"`, `"c\.txt$"`, `"^/(?!a)"`, `"/b/"`, `"^/A"`), "LocationMatch", 1)
		case 7:
			g.ifs(1)
		}
	}
}

func (g *generator) config() string {
	g.mark()
	g.sections(g.IntN(6))
	for i := range g.IntN(6) {
		fmt.Fprintf(&g.out, "<VirtualHost %s>\n", g.pick("*:@1@", "*:@1@", "127.0.0.1:@1@", "127.0.0.1:@2@", "_default_:@2@", "*", "127.0.0.2:*", "127.0.0.1:@1@ *:@2@", "127.0.0.2 127.0.0.1:@1@", "0.0.0.0:@1@"))
		fmt.Fprintf(&g.out, "ServerName %s\n", g.pick("a.test", "b.test", fmt.Sprintf("http://v%d.test:80", i)))
		if g.IntN(2) == 0 {
			fmt.Fprintf(&g.out, "ServerAlias %s\n", g.pick("*.a.test", "b.test c?.test", "*", "A.TEST x"))
		}
		g.mark()
		g.sections(g.IntN(5))
		g.out.WriteString("</VirtualHost>\n")
	}
	return g.out.String()
}

func TestHttpdAgrees(t *testing.T) {
	labtest.Httpd(t)
	count := 12
	if os.Getenv("FEDSTONE_DEEP") == "1" {
		count = 300
	}
	for seed := range count {
		t.Run(strconv.Itoa(seed), func(t *testing.T) { compare(t, uint64(seed)) })
	}
}

func compare(t *testing.T, seed uint64) {
	g := &generator{Rand: rand.New(rand.NewPCG(seed, 11))}
	s := start(t, g.config())
	config, found := effective.New(s.tree)
	if len(found) > 0 {
		t.Fatal(found)
	}
	for _, ip := range []string{"127.0.0.1", "127.0.0.2"} {
		for _, port := range s.ports {
			for _, host := range []string{"a.test", "b.test", "x.a.test", "c1.test", "unknown", "V1.Test:99", "a.test.", "127.0.0.1"} {
				path := documents[g.IntN(len(documents))]
				local := netip.AddrPortFrom(netip.MustParseAddr(ip), port)
				x := config.Select(local, host).At(effective.Request{Path: path, File: filepath.Join(s.root, "docs", path)})
				status, theirs := s.get(t, local, host, path)
				if diff := cmp.Diff(theirs, trace(x)); diff != "" {
					t.Fatalf("%s %s %s (-httpd +ours):\n%s\n%s", local, host, path, diff, g.out.String())
				}
				authz, _ := x.Authz()
				if want := map[bool]int{true: 200, false: 403}[granted(authz)]; want != status {
					t.Fatalf("%s %s %s: httpd %d, ours %d\n%s", local, host, path, status, want, g.out.String())
				}
			}
		}
	}
}

// granted evaluates `Require all`.
func granted(a *effective.Authz) bool {
	if a == nil {
		return true
	}
	some, every := false, true
	for _, p := range a.Parts {
		if p.Op == effective.None {
			every = every && !anyGranted(p)
			continue
		}
		some, every = some || granted(p), every && granted(p)
	}
	switch a.Op {
	case effective.One:
		return a.Command.RawArgs() == "all granted"
	case effective.All:
		return every
	}
	return some
}

// anyGranted reports whether a part of a <RequireNone> grants.
func anyGranted(a *effective.Authz) bool {
	for _, p := range a.Parts {
		if granted(p) {
			return true
		}
	}
	return false
}
