package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/fedstone/fedstone/internal/oidc/optest"
)

const wellKnown = "/.well-known/openid-configuration"

// idpFault is an issuer that lies, or cannot be asked: what it does, and what
// has to be said about it by every command that asks it.
type idpFault struct {
	upset func(t *testing.T, op *optest.Server) // changes op.URL and op.CAFile where those are the fault
	says  []string
	slow  bool // the fault is that no end comes
}

// timeout is short where it has to strike, and no matter elsewhere.
func timeout(slow bool) string {
	if slow {
		return "1s"
	}
	return "30s"
}

func idpFaults() map[string]idpFault {
	return map[string]idpFault{
		"another issuer in the document": {member("issuer", func(string) any { return "https://evil.example.org" }),
			[]string{"the document's issuer is", "https://evil.example.org", "byte for byte", "issuer: "}, false},
		"a final slash in the document": {member("issuer", func(own string) any { return own + "/" }),
			[]string{"the document's issuer is", "byte for byte", "differ by the final slash alone"}, false},
		"an issuer that is no text":      {member("issuer", func(string) any { return 7 }), []string{wellKnown, "issuer"}, false},
		"an http endpoint":               {member("token_endpoint", func(string) any { return "http://sso.example.org/token" }), []string{"token_endpoint", "is not https", "have the provider publish https"}, false},
		"an endpoint inside the network": {member("jwks_uri", func(string) any { return "https://169.254.169.254/latest" }), []string{"jwks_uri points at 169.254.169.254", "inside this machine or network"}, false},
		"no token endpoint":              {member("token_endpoint", func(string) any { return nil }), []string{"token_endpoint", "an https URL"}, false},
		"a redirect": {answering(func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "https://login.example.org/?state=canary", http.StatusFound)
		}), []string{"302 redirects to login.example.org", "redirects are not followed", "write the URL that the provider itself uses"}, false},
		"a document of 10 MB":   {answering(tenMegabytes), []string{"longer than 1048576 bytes", "a document of a few kilobytes"}, false},
		"a document that drips": {answering(drip), []string{"no complete answer in time", "--timeout"}, true},
		"an issuer that is silent": {answering(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }),
			[]string{"no complete answer in time", "--timeout"}, true},
		"an HTML page": {answering(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			_, _ = io.WriteString(w, "<html>Log in\x1b[2J here</html>")
		}), []string{"the answer is an HTML page", "expected JSON", "a login page or a proxy answers there"}, false},
		"HTML that calls itself JSON": {answering(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			_, _ = io.WriteString(w, "<html></html>")
		}), []string{wellKnown, "not JSON", "expected"}, false},
		"half a document": {answering(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "1000")
			_, _ = io.WriteString(w, `{"issuer": "https://`)
		}), []string{wellKnown, "the connection broke"}, false},
		"no realm":         {answering(http.NotFound), []string{"the answer is 404 Not Found", "expected 200"}, false},
		"a broken issuer":  {answering(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(503) }), []string{"the answer is 503", "expected 200"}, false},
		"nobody listens":   {func(_ *testing.T, op *optest.Server) { op.URL = "https://127.0.0.1:1" }, []string{"connection refused", "start the service, or correct the port"}, false},
		"an unknown name":  {func(_ *testing.T, op *optest.Server) { op.URL = "https://sso.nowhere.invalid" }, []string{"sso.nowhere.invalid does not resolve", "name in the URL"}, false},
		"no TLS":           {func(t *testing.T, op *optest.Server) { op.URL = clearText(t) }, []string{"speaks TLS"}, false},
		"another CA's":     {serving(nothing, false), []string{"signed by an authority that is not trusted here", "--ca-file or"}, false},
		"expired":          {serving(func(c *x509.Certificate) { c.NotAfter = time.Now().Add(-time.Hour) }, true), []string{"is not valid now", "renew it, or set this machine's clock"}, false},
		"for another host": {serving(func(c *x509.Certificate) { c.IPAddresses = nil }, true), []string{"for another host name", "use the name in the certificate"}, false},
	}
}

// calls ask the issuer; where each takes the whole time limit, two of them do.
func (f idpFault) calls(op *optest.Server) [][]string {
	calls := [][]string{
		{"init", "--issuer", op.URL, "--ca-file", op.CAFile, "-o", "new.yaml"},
		{"render", "-o", "old", "--prune"},
		{"init", "--issuer", op.URL, "--ca-file", op.CAFile, "-o", "old.yaml", "--force"},
		{"render", "-o", "new", "--format", "json"},
		{"render", "-o", "old", "--check"},
	}
	if f.slow {
		return calls[:2]
	}
	return calls
}

func TestIssuerFaults(t *testing.T) {
	for name, fault := range idpFaults() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, op, at := newCaller(t), optest.New(t), newCloud(t)
			at.described(c, op.URL, op.CAFile)
			c.run("render", "-o", "old").expect(t, exitClean)
			c.file("old.yaml", "mine\n")
			fault.upset(t, op)
			at.described(c, op.URL, both(t, op.CAFile, at.CAFile))
			unchanged(t, c.dir, func() {
				for _, args := range fault.calls(op) {
					done := c.run(append(args, "--timeout", timeout(fault.slow))...)
					done.expect(t, exitFailed, fault.says...)
					done.silent(t)
				}
				// The issuer is one of the things that probe judges: a failed step.
				c.run("probe", "--timeout", timeout(fault.slow)).expect(t, exitFindings, fault.says...)
			})
			if n := at.ValidTokens(); n != 0 {
				t.Errorf("%d tokens are still valid", n)
			}
		})
	}
}

// member changes a member of the document; nil takes it out.
func member(name string, value func(own string) any) func(*testing.T, *optest.Server) {
	return func(_ *testing.T, op *optest.Server) {
		if op.Document[name] = value(op.URL); op.Document[name] == nil {
			delete(op.Document, name)
		}
	}
}

func answering(h http.HandlerFunc) func(*testing.T, *optest.Server) {
	return func(_ *testing.T, op *optest.Server) { op.Handle(wellKnown, h) }
}

func tenMegabytes(w http.ResponseWriter, _ *http.Request) {
	piece := strings.Repeat("a", 1<<20)
	_, _ = io.WriteString(w, `{"issuer": "`)
	for range 10 {
		if _, err := io.WriteString(w, piece); err != nil {
			return
		}
	}
}

// drip sends every byte in time, and the document would take five minutes. It
// never ends politely: that could be read as the document's end.
func drip(w http.ResponseWriter, r *http.Request) {
	for range 15_000 {
		if r.Method == http.MethodHead {
			return
		}
		if _, err := io.WriteString(w, " "); err != nil || r.Context().Err() != nil {
			panic(http.ErrAbortHandler)
		}
		_ = http.NewResponseController(w).Flush()
		time.Sleep(20 * time.Millisecond)
	}
}

func clearText(t *testing.T) string {
	web := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(web.Close)
	return strings.Replace(web.URL, "http://", "https://", 1)
}

// serving moves the issuer to a server with a certificate of its own.
func serving(change func(*x509.Certificate), trusted bool) func(*testing.T, *optest.Server) {
	return func(t *testing.T, op *optest.Server) {
		web := httptest.NewUnstartedServer(http.NotFoundHandler())
		web.Config.ErrorLog = log.New(io.Discard, "", 0)
		cert, text := certificate(t, change)
		web.TLS = &tls.Config{Certificates: []tls.Certificate{cert}}
		web.StartTLS()
		t.Cleanup(web.Close)
		op.URL = web.URL
		if trusted {
			op.CAFile = filepath.Join(t.TempDir(), "ca.pem")
			if err := os.WriteFile(op.CAFile, text, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func certificate(t *testing.T, change func(*x509.Certificate)) (tls.Certificate, []byte) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "sso"}, DNSNames: []string{"sso.example.org"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		NotBefore: time.Now().Add(-2 * time.Hour), NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true,
	}
	change(template)
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
}

func nothing(*x509.Certificate) {}

// both joins two CA files.
func both(t *testing.T, files ...string) string {
	path := filepath.Join(t.TempDir(), "both.pem")
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		out, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := out.Write(text); err != nil {
			t.Fatal(err)
		}
		_ = out.Close()
	}
	return path
}
