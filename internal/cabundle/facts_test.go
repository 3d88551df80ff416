package cabundle_test

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/internal/oidc"
)

// TestFacts holds what programs make of bundles that are told of: whether curl (the
// library in mod_auth_openidc), OpenSSL and Go trust a server whose certificate the
// first CA of the bundle, or nobody there, has signed. The severities rest on it: an
// error where some program refuses.
func TestFacts(t *testing.T) {
	for _, program := range []string{"curl", "openssl"} {
		if _, err := exec.LookPath(program); err != nil {
			labtest.Require(t, program+" is not installed: apt-get install "+program)
		}
	}
	m := &maker{t: t, today: true}
	root := m.issue("root", nil)
	between, mute, weak := m.issue("between", root), m.issue("mute", nil, noSign), m.weak("weak")
	old := m.issue("old", nil)
	next := m.with(old.key, "old", nil, func(c *x509.Certificate) { c.NotBefore, c.NotAfter = now.AddDate(-9, 0, 0), now.AddDate(-8, 0, 0) })
	cases := map[string]struct {
		by     *made
		bundle string
		want   string
	}{
		"a root":                       {root, text(root), "curl yes, openssl yes, Go yes"},
		"a private key beside it":      {root, keyText(t, root) + text(root), "curl yes, openssl yes, Go yes"},
		"an intermediate alone":        {between, text(between), "curl yes, openssl no, Go yes"},
		"keyCertSign is missing":       {mute, text(mute), "curl no, openssl no, Go no"},
		"a short key":                  {weak, text(weak), "curl no, openssl no, Go yes"},
		"an expired one after a good":  {old, text(old, next), "curl yes, openssl yes, Go yes"},
		"an expired one before a good": {old, text(next, old), "curl yes, openssl yes, Go yes"},
		"a broken block behind it":     {root, text(root) + "-----BEGIN CERTIFICATE-----\n!!\n-----END CERTIFICATE-----\n", "curl no, openssl no, Go yes"},
		"a byte order mark":            {root, "\ufeff" + text(root), "curl yes, openssl yes, Go no"},
		"TRUSTED CERTIFICATE":          {root, strings.ReplaceAll(text(root), " CERTIFICATE", " TRUSTED CERTIFICATE"), "curl yes, openssl yes, Go no"},
		"joined":                       {root, strings.TrimSpace(text(m.issue("x", nil))) + text(root), "curl no, openssl no, Go no"},
		"white space before it":        {root, "  " + text(root), "curl no, openssl no, Go no"},
		"lines of Windows":             {root, strings.ReplaceAll(text(root), "\n", "\r\n"), "curl yes, openssl yes, Go yes"},
		"text between":                 {root, "# root\n" + text(root), "curl yes, openssl yes, Go yes"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "ca.pem")
			if err := os.WriteFile(file, []byte(c.bundle), 0o600); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, trusted(t, m.issue("localhost", c.by, leaf), file)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// trusted tells which programs take a server's certificate with a bundle.
func trusted(t *testing.T, server *made, file string) string {
	t.Helper()
	web := httptest.NewUnstartedServer(http.NotFoundHandler())
	web.TLS = &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{server.Raw}, PrivateKey: server.key}}}
	web.Config.ErrorLog = log.New(io.Discard, "", 0)
	web.StartTLS()
	defer web.Close()
	place := strings.Replace(web.URL, "127.0.0.1", "localhost", 1)
	host := strings.TrimPrefix(place, "https://")
	curl := exec.Command("curl", "-s", "--noproxy", "*", "--cacert", file, place).Run()
	shown := exec.Command("openssl", "s_client", "-verify_return_error", "-no-CApath", "-no-CAstore", "-CAfile", file, "-connect", host)
	openssl := shown.Run()
	var ours error
	client, err := oidc.NewHTTPClient(file)
	if err == nil {
		_, err = client.Get(place)
	}
	ours = err
	return fmt.Sprintf("curl %s, openssl %s, Go %s", word(curl), word(openssl), word(ours))
}

func word(err error) string {
	if err != nil {
		return "no"
	}
	return "yes"
}
