package probe

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/oidc"
)

// hostileLimit is the time limit of a request to a hostile peer.
const hostileLimit = 300 * time.Millisecond

// hostileWays are peers that want to hold us, fill us or mislead us.
func hostileWays() map[string]http.HandlerFunc {
	return map[string]http.HandlerFunc{
		"never answers":        func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
		"a byte of body a day": drip("{"),
		"endless body":         endless([]byte(strings.Repeat(`{"a":`, 1000))),
		"a body of 1 GB":       declared(1<<30, bytes.Repeat([]byte(" "), 1<<16)),
		"deep JSON":            answer(200, strings.Repeat(`{"token":`, 100_000)),
		"deep list":            answer(201, strings.Repeat("[", 900_000)),
		"HTML for JSON":        html200,
		"nothing":              answer(200, ""),
		"shorter than said":    declared(4096, []byte(`{"token":`)),
		"a header of 1 MB":     raw("HTTP/1.1 200 OK\r\nX-A: " + strings.Repeat("a", 1<<20) + "\r\n\r\n"),
		"100 000 headers":      raw("HTTP/1.1 200 OK\r\n" + strings.Repeat("X-A: b\r\n", 100_000) + "\r\n"),
		"endless 1xx":          raw(strings.Repeat("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", 20_000)),
		"no HTTP":              raw("SSH-2.0-OpenSSH_9.2\r\n"),
		"ends in the header":   raw("HTTP/1.1 200 OK\r\nContent-Ty"),
		"two lengths":          raw("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 30\r\n\r\n{}"),
		"redirect loop":        func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.Path, http.StatusFound) },
		"redirect to http":     redirectTo("http://127.0.0.1:1/steal"),
		"redirect elsewhere":   redirectTo("https://evil.test/steal"),
		"packed though unasked": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = w.Write([]byte("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"))
		},
		"try again in ten years": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", "315360000")
			w.WriteHeader(http.StatusTooManyRequests)
		},
	}
}

// hostilePlaces are the peers of each step: where, and at which step it shows.
func hostilePlaces() map[string]func(*cloud, http.HandlerFunc) {
	issuer := func(path string) func(*cloud, http.HandlerFunc) {
		return func(c *cloud, h http.HandlerFunc) { c.ops["corp"].Handle(path, notToHead(h)) }
	}
	cloudAt := func(path string) func(*cloud, http.HandlerFunc) {
		return func(c *cloud, h http.HandlerFunc) { c.at(path, h) }
	}
	return map[string]func(*cloud, http.HandlerFunc){
		"reach": cloudAt("/v3"), "discovery": issuer("/.well-known/openid-configuration"), "jwks": issuer("/jwks"), "token": issuer("/token"),
		"exchange": func(c *cloud, h http.HandlerFunc) { c.at(authPath("corp"), ownToken(c, h)) },
		"projects": cloudAt("/v3/auth/projects"), "rescope": cloudAt("/v3/auth/tokens"), "catalog": cloudAt("/v3/auth/catalog"),
	}
}

// afterBody reads the request first: only then is a server told that its peer
// has gone, and the test could not end.
func afterBody(h http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		h(w, r)
	}
}

// notToHead leaves the question of the step reach alone.
func notToHead(h http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodHead {
			h(w, r)
		}
	}
}

// ownToken is hostile to the exchange alone, not to the controls before it.
func ownToken(c *cloud, h http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if strings.Count(r.Header.Get("Authorization"), ".") == 2 {
			h(w, r)
			return
		}
		c.httpd(w, r)
	}
}

// TestHostilePeers: each step fails with a verdict of its own within its time,
// with bounded memory, and no bearer goes anywhere else.
func TestHostilePeers(t *testing.T) {
	for place, put := range hostilePlaces() {
		for way, h := range hostileWays() {
			t.Run(place+"/"+way, func(t *testing.T) {
				c := newCloud(t, "corp")
				put(c, afterBody(h))
				expectVerdict(t, c, place)
			})
		}
	}
}

func expectVerdict(t *testing.T, c *cloud, place string) {
	opts := c.options(t, oidc.WithTimeout(hostileLimit))
	opts.StepLimit = 2 * hostileLimit
	start, before := time.Now(), allocated()
	r, err := Run(t.Context(), c.fed, opts)
	if err != nil {
		t.Fatal(err)
	}
	if grown := (allocated() - before) >> 20; grown > 64 {
		t.Errorf("%d MB were allocated", grown)
	}
	s := stepOf(t, r, place)
	if s.Verdict != Fail || s.Cause == "" || len(s.Cause) > 1000 {
		t.Errorf("%s: %+v", place, s)
	}
	if s.Took > opts.StepLimit+time.Second || time.Since(start) > 10*time.Second {
		t.Errorf("the step took %s, the run %s", s.Took, time.Since(start))
	}
	if strings.Contains(told(r), "evil.test/steal") {
		t.Errorf("the report repeats a hostile address")
	}
}

// allocated is every byte that was ever allocated: a peer that makes us build
// much and drop it is told too.
func allocated() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.TotalAlloc
}

func drip(text string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write([]byte(text))
		_ = http.NewResponseController(w).Flush()
		<-r.Context().Done()
	}
}

func endless(chunk []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			if _, err := w.Write(chunk); err != nil {
				return
			}
		}
	}
}

// declared says a length and sends a chunk of it, again and again until the
// length or the peer's patience is over.
func declared(length int, chunk []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", fmt.Sprint(length))
		for sent := 0; sent < length && len(chunk) > 1<<10; sent += len(chunk) {
			if _, err := w.Write(chunk); err != nil {
				return
			}
		}
		if len(chunk) <= 1<<10 {
			_, _ = w.Write(chunk)
		}
	}
}

func html200(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/html")
	_, _ = w.Write([]byte("<html><body>sign in</body></html>"))
}

// raw sends bytes as they are and ends the connection.
func raw(text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			panic(err)
		}
		defer conn.Close()
		_ = conn.SetWriteDeadline(time.Now().Add(5 * time.Second))
		_, _ = conn.Write([]byte(text))
	}
}

// A hostile end: revoking is tried within its time, and what is left is said.
func TestHostileRevoke(t *testing.T) {
	for way, h := range hostileWays() {
		t.Run(way, func(t *testing.T) {
			c := newCloud(t, "corp")
			c.at("/v3/auth/tokens", func(w http.ResponseWriter, r *http.Request) {
				if r.Method == http.MethodDelete {
					afterBody(h)(w, r)
					return
				}
				c.keystone(w, r)
			})
			ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
			defer cancel()
			r, err := Run(ctx, c.fed, c.options(t, oidc.WithTimeout(hostileLimit)))
			if err != nil {
				t.Fatal(err)
			}
			if s := stepOf(t, r, "revoke"); s.Verdict != Fail || s.AnsweredBy == keystone.ByIDP {
				t.Errorf("%+v", s)
			}
		})
	}
}
