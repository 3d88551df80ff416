package main

import (
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/fedstone/fedstone/internal/oidc/optest"
)

// doorway is a controller on [::1] that notes by which name it was asked.
type doorway struct {
	web *httptest.Server
	mu  sync.Mutex
	saw []string // SNI and Host of each request
}

func newDoorway(t *testing.T, behind http.HandlerFunc) *doorway {
	d := &doorway{}
	listener, err := net.Listen("tcp", "[::1]:0")
	if err != nil {
		t.Skip("this machine has no IPv6 loopback:", err)
	}
	d.web = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		d.mu.Lock()
		d.saw = append(d.saw, r.TLS.ServerName+" "+r.Host)
		d.mu.Unlock()
		behind(w, r)
	}))
	_ = d.web.Listener.Close()
	d.web.Listener = listener
	d.web.Config.ErrorLog = log.New(io.Discard, "", 0)
	d.web.StartTLS()
	t.Cleanup(d.web.Close)
	return d
}

// A controller behind an IPv6 address is asked by Keystone's public name, past a
// proxy; one that is down fails alone.
func TestControllerOfIPv6(t *testing.T) {
	cloud, by := newCloud(t), newCaller(t)
	d := newDoorway(t, cloud.usual)
	cloud.TLS = "https://example.com:5000"
	cloud.described(by, optest.New(t).URL, cloud.CAFile)
	by.env["HTTPS_PROXY"] = "http://127.0.0.1:1" // nothing listens there
	_, port, _ := net.SplitHostPort(d.web.Listener.Addr().String())
	got := by.run("probe", "--controller", "ctl0=[::1]:"+port, "--controller", "ctl1=[::1]:1")
	first, second, ok := strings.Cut(got.stdout, "controller ctl1")
	if !ok || strings.Contains(first, "FAIL reach") || !strings.Contains(second, "FAIL reach") || !strings.Contains(second, "connection refused") {
		t.Errorf("status %d:\n%s%s", got.status, got.stdout, got.stderr)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.saw) == 0 || slices.ContainsFunc(d.saw, func(s string) bool { return s != "example.com example.com:5000" }) {
		t.Errorf("asked by %q, want example.com each time", d.saw)
	}
}

// The environment's proxy is used, told by its host, and its failure is its own.
func TestProbeThroughProxy(t *testing.T) {
	cloud, by := newCloud(t), newCaller(t)
	proxy := optest.StartProxy(t, strings.TrimPrefix(cloud.TLS, "https://"))
	proxy.User, proxy.Password = "probe", "canary-of-the-proxy"
	cloud.TLS = "https://example.com"
	cloud.described(by, optest.New(t).URL, cloud.CAFile)
	by.env["HTTPS_PROXY"] = "http://probe:canary-of-the-proxy@" + proxy.Address
	got := by.run("probe", "--verbose")
	if !strings.Contains(unwrapped(got.stdout), "Keystone is asked through the proxy "+proxy.Address) || strings.Contains(got.stdout+got.stderr, "canary") {
		t.Errorf("status %d:\n%s%s", got.status, got.stdout, got.stderr)
	}
	closed := optest.StartProxy(t, proxy.Target)
	closed.Refuse = http.StatusForbidden
	by.env["HTTPS_PROXY"] = "http://probe:canary-of-the-proxy@" + closed.Address
	got = by.run("probe", "--debug")
	if !strings.Contains(got.stdout, "http-proxy") || !strings.Contains(unwrapped(got.stdout), "refuses the way there with 403") || strings.Contains(got.stdout+got.stderr, "canary") {
		t.Errorf("status %d:\n%s%s", got.status, got.stdout, got.stderr)
	}
}

// unwrapped is a text without the line breaks of a terminal.
func unwrapped(text string) string { return strings.Join(strings.Fields(text), " ") }
