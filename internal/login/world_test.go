package login_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/fedstone/fedstone/internal/login"
	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/oidc/optest"
	"github.com/fedstone/fedstone/internal/secret"
	"github.com/fedstone/fedstone/internal/spec"
)

// world is an issuer, a cache folder and a person.
type world struct {
	t   *testing.T
	op  *optest.Server
	web *http.Client
	dir string
	now time.Time
}

func newWorld(t *testing.T) *world {
	t.Helper()
	op := optest.New(t)
	web, err := oidc.NewHTTPClient(op.CAFile)
	if err != nil {
		t.Fatal(err)
	}
	return &world{t: t, op: op, web: web, dir: filepath.Join(t.TempDir(), "cache", "tokens"), now: time.Now()}
}

// logins are those of a process of its own.
func (w *world) logins() *login.Logins {
	w.t.Helper()
	cache, err := login.OpenCache(w.dir)
	if err != nil {
		w.t.Fatal(err)
	}
	l := w.without()
	l.Cache = cache
	return l
}

// without are logins without a cache.
func (w *world) without() *login.Logins {
	resolve := func(s spec.Secret) (secret.Value, error) {
		return secret.New(map[string]string{
			"CLI": "cli-secret-canary", "ALICE": "alice-password-canary", "EXEC": "exec-token-canary",
		}[s.Env.Value]), nil
	}
	return &login.Logins{
		Person: &browsing{web: w.web}, Resolve: resolve, Local: func(p string) string { return p },
		Mask: &secret.Redactor{}, Now: func() time.Time { return w.now }, Stdin: strings.NewReader("stdin-token-canary\n"),
	}
}

func (w *world) place(p spec.Probe) login.Place {
	p.Client = spec.Client{ID: spec.Text{Value: "cli"}, Secret: spec.Secret{Env: spec.Text{Value: "CLI"}}}
	p.Scopes = []spec.Text{{Value: "openid"}}
	return login.At(&spec.IdentityProvider{
		ID: spec.Text{Value: "corp"}, Issuer: spec.Text{Value: w.op.URL}, Bearer: spec.Bearer{Token: spec.Text{Value: "access"}}, Probe: &p,
	}, w.web)
}

func (w *world) code() login.Place { return w.place(grant("code")) }

func grant(name string) spec.Probe { return spec.Probe{Grant: spec.Text{Value: name}} }

func (w *world) get(l *login.Logins, at login.Place) login.Got {
	w.t.Helper()
	got, err := l.Get(w.t.Context(), at)
	if err != nil {
		w.t.Fatal(err)
	}
	return got
}

// asked counts every request to the issuer.
func (w *world) asked() (n int) {
	for _, path := range []string{"/.well-known/openid-configuration", "/jwks", "/token", "/device", "/authorize", "/revoke"} {
		n += w.op.Asked(path)
	}
	return n
}

// file is the only record of the cache.
func (w *world) file() string {
	w.t.Helper()
	files, err := filepath.Glob(filepath.Join(w.dir, "*.json"))
	if err != nil || len(files) != 1 {
		w.t.Fatalf("%d records, %v", len(files), err)
	}
	return files[0]
}

func (w *world) text() string {
	w.t.Helper()
	text, err := os.ReadFile(w.file())
	if err != nil {
		w.t.Fatal(err)
	}
	return string(text)
}

// browsing is a person whose browser follows every redirect.
type browsing struct {
	web *http.Client

	mu    sync.Mutex
	shown []login.Device
	told  []string
}

func (b *browsing) ShowDevice(d login.Device) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.shown = append(b.shown, d)
}

func (b *browsing) Tell(text string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.told = append(b.told, text)
}

func (b *browsing) OpenBrowser(_, url string) {
	go func() {
		answer, err := b.web.Get(url)
		if err != nil {
			return
		}
		answer.Body.Close()
		back, err := http.Get(answer.Header.Get("Location"))
		if err == nil {
			back.Body.Close()
		}
	}()
}
