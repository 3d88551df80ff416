package probe

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/oidc/optest"
)

func TestCertificateNotes(t *testing.T) {
	text, _ := labtest.Certificate(t, "keystone.example.org")
	block, _ := pem.Decode(text)
	cert, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	for before, says := range map[time.Duration]string{
		time.Hour:            ", 0 days left: renew it",
		13*24*time.Hour + 1:  ", 13 days left: renew it",
		14*24*time.Hour + 1:  ", 14 days left",
		200 * 24 * time.Hour: " until " + cert.NotAfter.UTC().Format(time.DateOnly),
	} {
		w := wire{hop: "keystone.example.org:443", state: tls.ConnectionState{Version: tls.VersionTLS12, PeerCertificates: []*x509.Certificate{cert}}}
		got := w.notes("Keystone", "https://keystone.example.org", cert.NotAfter.Add(-before))
		if len(got) != 1 || !strings.HasPrefix(got[0], "Keystone: TLS 1.2, keystone.example.org by keystone.example.org until ") || !strings.HasSuffix(got[0], says) {
			t.Errorf("%s before: %q, want %q at the end", before, got, says)
		}
	}
	nameless := &x509.Certificate{DNSNames: []string{"k.test", "l.test"}}
	if got := namedBy(nameless); got != "k.test" {
		t.Errorf("a certificate without a common name is called %q", got)
	}
}

// What goes through a proxy is told by the proxy's host, never by its password;
// also on a connection that is open already.
func TestReachThroughProxy(t *testing.T) {
	c := newCloud(t, "corp")
	server := strings.TrimPrefix(c.web.URL, "https://")
	proxy := optest.StartProxy(t, server)
	proxy.User, proxy.Password = "probe", "proxy-password-canary"
	c.fed.Keystone.URL = text("https://example.com")
	opts := c.options(t)
	opts.Client = &http.Client{Transport: &http.Transport{
		TLSClientConfig: &tls.Config{InsecureSkipVerify: true}, // the way is looked at, not the certificate
		Proxy: func(r *http.Request) (*url.URL, error) {
			if r.URL.Host != "example.com" {
				return nil, nil
			}
			return &url.URL{Scheme: "http", User: url.UserPassword(proxy.User, proxy.Password), Host: proxy.Address}, nil
		},
	}}
	for range 2 {
		r := run(t, c, opts)
		notes := strings.Join(stepOf(t, r, "reach").Notes, "\n")
		if !strings.Contains(notes, "Keystone is asked through the proxy "+proxy.Address) || strings.Contains(notes, "the issuer is asked through") {
			t.Errorf("notes: %s", notes)
		}
		if strings.Contains(told(r), "proxy-password-canary") {
			t.Error("the proxy's password is told")
		}
	}
}

// The certificate's own faults fail the step, as they did.
func TestReachCertificateOfAnotherName(t *testing.T) {
	c := newCloud(t, "corp")
	c.fed.Keystone.URL = text("https://keystone.test")
	opts := c.options(t, oidc.WithAddress("keystone.test:443", strings.TrimPrefix(c.web.URL, "https://")))
	if s := stepOf(t, run(t, c, opts), "reach"); s.Symptom != "certificate-name" {
		t.Errorf("%+v", s)
	}
}
