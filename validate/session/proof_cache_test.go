package session_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/validate/prove"
)

// memcachedProgram is a memcached of the simplest kind, in a process of mod_wsgi.
const memcachedProgram = `
import socketserver, sys, threading

store, lock = {}, threading.Lock()

class Session(socketserver.StreamRequestHandler):
    def handle(self):
        for line in self.rfile:
            words = line.split()
            with lock:
                if words[0] == b"set":
                    store[words[1]] = (words[2], self.rfile.read(int(words[4]) + 2)[:-2])
                    answer = b"STORED\r\n"
                elif words[0] == b"get":
                    flags, value = store.get(words[1], (None, b""))
                    answer = b"" if flags is None else b"VALUE %s %s %d\r\n%s\r\n" % (words[1], flags, len(value), value)
                    answer += b"END\r\n"
                elif words[0] == b"delete":
                    answer = b"DELETED\r\n" if store.pop(words[1], None) else b"NOT_FOUND\r\n"
                else:
                    answer = b"VERSION 1.6\r\n"
            self.wfile.write(answer)

class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True

for port in (11211, 11212):
    threading.Thread(target=Server(("127.0.0.1", port), Session).serve_forever, daemon=True).start()
print("memcached serves", file=sys.stderr, flush=True)
`

// withMemcached starts a fixture with servers of memcached at 127.0.0.1, ports 11211 and 11212.
func withMemcached(t *testing.T, fixture string) *prove.Site {
	t.Helper()
	dir := t.TempDir()
	program := filepath.Join(dir, "srv", "memcached.py")
	if err := os.CopyFS(dir, os.DirFS(fixture)); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Dir(program), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(program, []byte(memcachedProgram), 0o644); err != nil {
		t.Fatal(err)
	}
	s := prove.Start(t, dir, prove.Replace("Listen 5000\n", "Listen 5000\nWSGIDaemonProcess memcached processes=1 threads=1\n"+
		"WSGIImportScript /srv/memcached.py process-group=memcached application-group=%{GLOBAL}\n"))
	eventually(t, "servers of memcached", func() bool { return strings.Contains(s.Log(), "memcached serves") })
	return s
}

func memcacheServersComma(t *testing.T, fires, silent string) {
	a, b := login(t, withMemcached(t, fires)), login(t, withMemcached(t, silent))
	wantStatus(t, "login", a, b, 500, 200)
}

// cacheServersUnused: the servers are not there, and nobody misses them where they are not used.
func cacheServersUnused(t *testing.T, fires, silent string) {
	wantStatus(t, "login without the servers", login(t, prove.Start(t, fires)), login(t, prove.Start(t, silent)), 200, 500)
	if b := login(t, withMemcached(t, silent)); b.Status != http.StatusOK {
		t.Errorf("login with the servers: %d where it is silent, want 200", b.Status)
	}
}

// ownedByHttpd has a folder writable for httpd's user, as an operator makes it: what stands behind exec: runs as root.
func ownedByHttpd(folder string) prove.Option {
	return prove.Replace(`"one of its own for this virtual host"`, fmt.Sprintf(`"exec:/bin/sh -c 'chmod 0777 %s; echo one of its own for this virtual host'"`, folder))
}

// kept gives what lies in a folder after a login, by name.
func kept(t *testing.T, fixture, folder string) map[string]string {
	t.Helper()
	shown := fmt.Sprintf("Alias /look %s\n    <Directory %s>\n        Options Indexes\n        Require all granted\n    </Directory>\n    WSGIScriptAlias", folder, folder)
	s := prove.Start(t, fixture, prove.Replace("WSGIScriptAlias", shown), prove.Modules("autoindex"), ownedByHttpd("/var/cache/httpd/sessions"))
	loggedIn(t, s)
	out := map[string]string{}
	for _, m := range entry.FindAllStringSubmatch(s.Ask(t, prove.Ask{Path: "/look/"}).Body, -1) {
		out[m[1]] = s.Ask(t, prove.Ask{Path: "/look/" + m[1]}).Body
	}
	return out
}

var entry = regexp.MustCompile(`href="(mod-auth-openidc-[^"]+)"`)

func cacheNotEncrypted(t *testing.T, fires, silent string) {
	readable := func(fixture string) bool {
		files := kept(t, fixture, "/var/cache/httpd/sessions")
		if len(files) < 2 {
			t.Fatalf("%d files in the cache, want some", len(files))
		}
		for _, text := range files {
			if strings.Contains(text, "user-alice") {
				return true
			}
		}
		return false
	}
	if a, b := readable(fires), readable(silent); !a || b {
		t.Errorf("the session can be read in the cache: %t and %t, want true and false", a, b)
	}
}

func cacheInTmp(t *testing.T, fires, silent string) {
	if a, b := kept(t, fires, "/tmp"), kept(t, silent, "/tmp"); len(a) < 2 || len(b) != 0 {
		t.Errorf("%d and %d files in /tmp, want some and none", len(a), len(b))
	}
}

// bigGroups has an issuer whose users are in a great many groups.
func bigGroups() prove.Option {
	return prove.WithIssuers(prove.Issuers{IDToken: func(_ string, c prove.Claims) {
		var groups []string
		for i := range 600 {
			groups = append(groups, fmt.Sprintf("group-number-%d-of-many", i))
		}
		c["groups"] = groups
	}})
}

func cacheEntrySmall(t *testing.T, fires, silent string) {
	bigLogin := func(fixture string) prove.Answer {
		answer, _ := prove.Start(t, fixture, bigGroups()).Login(t, websso, op1, "alice")
		return answer
	}
	wantStatus(t, "a user with many groups", bigLogin(fires), bigLogin(silent), 500, 200)
}

// cacheFewEntries: the first of many sessions.
func cacheFewEntries(t *testing.T, fires, silent string) {
	first := func(fixture string) prove.Answer {
		s := prove.Start(t, fixture)
		cookies := loggedIn(t, s)
		for range 70 {
			login(t, s)
		}
		return visit(t, s, cookies)
	}
	wantStatus(t, "the first session after 70 others", first(fires), first(silent), 302, 200)
}

func sessionInCookie(t *testing.T, fires, silent string) {
	a, b := login(t, prove.Start(t, fires, bigGroups())), login(t, prove.Start(t, silent, bigGroups()))
	wantStatus(t, "a user with many groups", a, b, 400, 200)
}

func cookieChunkLarge(t *testing.T, fires, silent string) {
	longest := func(fixture string) int {
		most := 0
		for _, c := range strings.Split(loggedIn(t, prove.Start(t, fixture, bigGroups())), "; ") {
			most = max(most, len(c))
		}
		return most
	}
	if a, b := longest(fires), longest(silent); a <= 4096 || b > 4096 {
		t.Errorf("cookies of up to %d and %d bytes, want more than 4096 and no more", a, b)
	}
}
