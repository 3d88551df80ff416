package adapter_test

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/fedstone/fedstone/internal/adapter"
	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/oidc/optest"
	"github.com/fedstone/fedstone/internal/register"
	wire "github.com/fedstone/fedstone/internal/register/adapter"
	"github.com/fedstone/fedstone/internal/secret"
)

const password = "p/w?d#%-canary"

// running is a server with a store in a file.
type running struct {
	url, ca, file string
	log           *lines
	end           func() // the log is whole then: its line comes behind the answer
}

// lines is a log that several requests write.
type lines struct {
	mu  sync.Mutex
	out bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.out.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.out.String()
}

func serve(t *testing.T) running {
	t.Helper()
	file := filepath.Join(t.TempDir(), "clients.json")
	store, err := adapter.OpenFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return serveStore(t, store, file)
}

func serveStore(t *testing.T, store adapter.Store, file string) running {
	t.Helper()
	log := &lines{}
	s := &adapter.Server{Accounts: adapter.Accounts{"zync": secret.New(password)}, Store: store, Log: log}
	web := optest.StartTLS(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.Handler().ServeHTTP(w, r)
	}))
	s.Public = web.URL
	return running{web.URL, optest.CAFile(t, web), file, log, web.Close}
}

func (r running) client(t *testing.T) *http.Client {
	t.Helper()
	web, err := oidc.NewHTTPClient(r.ca)
	if err != nil {
		t.Fatal(err)
	}
	return web
}

// registrar speaks to the server as register does.
func (r running) registrar(t *testing.T) *wire.Adapter {
	t.Helper()
	return wire.New(r.client(t), register.Endpoint{URL: r.url, ID: "zync", Secret: secret.New(password)})
}

// asked is one request; auth is the Authorization header.
type asked struct{ method, path, kind, auth, body string }

type answered struct {
	status int
	head   http.Header
	body   string
}

func (r running) ask(t *testing.T, a asked) answered {
	t.Helper()
	req, err := http.NewRequestWithContext(context.Background(), a.method, r.url+a.path, strings.NewReader(a.body))
	if err != nil {
		t.Fatal(err)
	}
	if a.kind != "" {
		req.Header.Set("Content-Type", a.kind)
	}
	if a.auth != "" {
		req.Header.Set("Authorization", a.auth)
	}
	resp, err := r.client(t).Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answered{resp.StatusCode, resp.Header, string(text)}
}
