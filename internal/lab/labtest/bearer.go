package labtest

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"testing"
	"time"

	"github.com/fedstone/fedstone/internal/lab"
)

// Trusting is a client that trusts the lab's CA and follows no redirect.
func Trusting(t testing.TB, l *lab.Lab) *http.Client {
	t.Helper()
	return &http.Client{Transport: trusting(t, l), Timeout: 60 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// trusting is a transport that trusts the lab's CA, until the test ends.
func trusting(t testing.TB, l *lab.Lab) *http.Transport {
	t.Helper()
	ca, err := os.ReadFile(l.CAFile)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(ca)
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}}
	t.Cleanup(transport.CloseIdleConnections)
	return transport
}

// BearerToken is an access token of one of the lab's issuers for its client keystone-cli itself.
func BearerToken(t testing.TB, l *lab.Lab, issuer string) string {
	t.Helper()
	client, base := Trusting(t, l), IssuerURL(t, l, issuer)
	var document struct {
		Endpoint string `json:"token_endpoint"`
	}
	resp, err := client.Get(base + "/.well-known/openid-configuration")
	decoded(t, resp, err, &document)
	form := url.Values{"grant_type": {"client_credentials"}, "client_id": {"keystone-cli"}, "client_secret": {Secret(t, l, issuer+"-keystone-cli")}}
	var granted struct {
		Token string `json:"access_token"`
	}
	resp, err = client.PostForm(document.Endpoint, form)
	decoded(t, resp, err, &granted)
	return granted.Token
}

func decoded(t testing.TB, resp *http.Response, err error, into any) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if err := json.NewDecoder(resp.Body).Decode(into); err != nil || resp.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s, %v", resp.Request.URL, resp.Status, err)
	}
}
