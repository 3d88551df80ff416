package adapter_test

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/fedstone/fedstone/internal/adapter"
	"github.com/fedstone/fedstone/internal/oidc/optest"
	wire "github.com/fedstone/fedstone/internal/register/adapter"
	"github.com/fedstone/fedstone/internal/secret"
)

// slow is a store whose answer waits to be let go.
type slow struct {
	adapter.Store
	asked, leave chan struct{}
}

func (s slow) Get(context.Context, string) (wire.Body, error) {
	close(s.asked)
	<-s.leave
	return wire.Body{ID: "a"}, nil
}

// TestServeEnds: a server that is to end answers what was asked before, and takes
// nothing new.
func TestServeEnds(t *testing.T) {
	web := optest.StartTLS(t, http.NotFoundHandler()) // for its certificate and a client that trusts it
	at, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	store := slow{asked: make(chan struct{}), leave: make(chan struct{})}
	s := &adapter.Server{Public: "https://" + at.Addr().String(), Accounts: adapter.Accounts{"zync": secret.New(password)}, Store: store}
	ctx, cancel := context.WithCancel(t.Context())
	ended, answer := make(chan error, 1), make(chan answered, 1)
	go func() { ended <- s.Serve(ctx, at, web.TLS.Certificates[0]) }()
	r := running{url: s.Public, ca: optest.CAFile(t, web)}
	go func() { answer <- r.ask(t, asked{"GET", "/clients/a", "", right, ""}) }()
	<-store.asked
	cancel()
	close(store.leave)
	if got := <-answer; got.status != http.StatusOK {
		t.Errorf("what was under way ended with %d", got.status)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if conn, err := tls.Dial("tcp", at.Addr().String(), &tls.Config{InsecureSkipVerify: true}); err == nil {
		conn.Close()
		t.Error("the server takes connections after its end")
	}
}

// TestAtOnce: changes at the same time are all kept.
func TestAtOnce(t *testing.T) {
	r := serve(t)
	var all sync.WaitGroup
	for i := range 20 {
		all.Go(func() {
			id := fmt.Sprintf("c%d", i)
			if got := r.ask(t, asked{"PUT", "/clients/" + id, "application/json", right, "{}"}); got.status != http.StatusCreated {
				t.Errorf("%s: %d %s", id, got.status, got.body)
			}
		})
	}
	all.Wait()
	store, err := adapter.OpenFile(r.file)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 20 {
		if _, err := store.Get(t.Context(), fmt.Sprintf("c%d", i)); err != nil {
			t.Error(i, err)
		}
	}
	r.end()
	if strings.Count(r.log.String(), " 201 (") != 20 {
		t.Error(r.log)
	}
}
