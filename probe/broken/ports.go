package broken

import (
	"bufio"
	"crypto/tls"
	"io"
	"log"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/internal/oidc"
)

// ports of the loopback address, as texts.
type ports struct {
	doors    string            // TLS, every door
	balancer string            // TLS, every balancer
	inner    map[string]string // plain http: those of testdata/inner
	issuer   string            // TLS
	dead     string            // nobody listens
	rude     string            // hangs up without an answer
	silent   string            // takes a request and never answers
}

// occupy takes the ports, and starts everything that is not httpd.
func (h *House) occupy(t testing.TB) {
	t.Helper()
	free := func() string { return labtest.FreePort(t) }
	h.ports = ports{doors: free(), balancer: free(), dead: free(), inner: map[string]string{}}
	for _, name := range names(t, "inner", ".conf") {
		h.ports.inner[name] = free()
	}
	h.ports.issuer = h.serveIssuer(t)
	h.ports.rude = listen(t, func(net.Conn) {})
	h.ports.silent = listen(t, func(c net.Conn) { _, _ = io.Copy(io.Discard, c) })
	h.client = h.newClient(t)
}

func (h *House) serveIssuer(t testing.TB) string {
	t.Helper()
	pair, err := tls.LoadX509KeyPair(h.path("door.pem"), h.path("door.key"))
	if err != nil {
		t.Fatal(err)
	}
	l, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: []tls.Certificate{pair}})
	if err != nil {
		t.Fatal(err)
	}
	server := &http.Server{Handler: h.issuer, ReadHeaderTimeout: 10 * time.Second, ErrorLog: log.New(io.Discard, "", 0)}
	go func() { _ = server.Serve(l) }()
	t.Cleanup(func() { server.Close() })
	return portOf(l)
}

// listen lets a peer be, once it has sent a line.
func listen(t testing.TB, then func(net.Conn)) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				_, _ = bufio.NewReader(c).ReadString('\n')
				then(c)
			}()
		}
	}()
	return portOf(l)
}

func portOf(l net.Listener) string {
	_, port, _ := net.SplitHostPort(l.Addr().String())
	return port
}

// newClient makes the probe's own client, which finds each name of broken.test in
// the house.
func (h *House) newClient(t testing.TB) *http.Client {
	t.Helper()
	opts := []oidc.ClientOption{oidc.WithTimeout(patience), oidc.WithAddress(issuerHost+":443", "127.0.0.1:"+h.ports.issuer)}
	for _, name := range names(t, "doors", ".conf") {
		opts = append(opts, oidc.WithAddress(hostOf(name)+":443", "127.0.0.1:"+h.ports.doors))
	}
	for _, name := range names(t, "balancers", ".cfg") {
		opts = append(opts, oidc.WithAddress(hostOf(name)+":443", "127.0.0.1:"+h.ports.balancer))
	}
	for name, port := range map[string]string{"plain": h.ports.inner["plain"], "nobody": h.ports.dead, "hangs-up": h.ports.rude} {
		opts = append(opts, oidc.WithAddress(hostOf(name)+":443", "127.0.0.1:"+port))
	}
	c, err := oidc.NewHTTPClient(h.path("ca.pem"), opts...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.CloseIdleConnections)
	return c
}

func hostOf(door string) string { return strings.ToLower(door) + ".broken.test" }
