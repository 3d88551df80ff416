package oidc_test

import (
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/oidc/optest"
)

// proxyCase is one GET by a process of its own: net/http reads the environment once.
type proxyCase struct {
	environ []string
	url     string
	direct  string // HOST:PORT that the caller names for example.com:443
	says    string
	tunnels []string // what the proxy was asked for
}

const proxyPassword = "proxy-password-canary"

func TestProxyOfTheEnvironment(t *testing.T) {
	op := optest.New(t)
	server := strings.TrimPrefix(op.URL, "https://")
	port := server[strings.LastIndex(server, ":"):]
	proxy, strict := optest.StartProxy(t, server), optest.StartProxy(t, server)
	strict.User, strict.Password = "probe", "another"
	closed := optest.StartProxy(t, server)
	closed.Refuse = http.StatusForbidden
	at := func(p *optest.ConnectProxy) string {
		return "HTTPS_PROXY=http://probe:" + proxyPassword + "@" + p.Address
	}
	through := []string{"example.com:443"}
	cases := map[string]proxyCase{
		"a host of the network":  {[]string{at(proxy)}, "https://example.com/jwks", "", "200", through},
		"loopback by address":    {[]string{at(proxy)}, op.URL + "/jwks", "", "200", nil},
		"loopback, another one":  {[]string{at(proxy)}, "https://127.1.2.3:1/", "", "refused", nil},
		"loopback by name":       {[]string{at(proxy)}, "https://localhost" + port + "/jwks", "", "another host name", nil},
		"loopback of IPv6":       {[]string{at(proxy)}, "https://[::1]:1/", "", "refused", nil},
		"excepted":               {[]string{at(proxy), "NO_PROXY=.invalid"}, "https://nobody.invalid/", "", "does not resolve", nil},
		"an address is named":    {[]string{at(proxy)}, "https://example.com/jwks", server, "200", nil},
		"another password":       {[]string{at(strict)}, "https://example.com/jwks", "", "refuses the way there with 407 (HTTPS_PROXY=http://USER:PASSWORD@" + strict.Address, through},
		"the way is refused":     {[]string{at(closed)}, "https://example.com/jwks", "", "refuses the way there with 403 (let the proxy through", through},
		"nobody at the proxy's":  {[]string{"HTTPS_PROXY=http://127.0.0.1:1"}, "https://example.com/jwks", "", "the proxy 127.0.0.1:1: connection refused (correct HTTPS_PROXY", nil},
		"the proxy has no name":  {[]string{"HTTPS_PROXY=http://proxy.invalid:3128"}, "https://example.com/jwks", "", "the proxy proxy.invalid:3128: the host name proxy.invalid does not resolve", nil},
		"the proxy is not a URL": {[]string{"HTTPS_PROXY=http://probe:" + proxyPassword + "@[::1:3128"}, "https://example.com/jwks", "", "HTTPS_PROXY is not a URL; expected http://HOST:PORT", nil},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			var before [3]int
			proxies := []*optest.ConnectProxy{proxy, strict, closed}
			for i, p := range proxies {
				before[i] = len(p.Asked())
			}
			said := tc.ask(t, op.CAFile)
			var tunnels []string
			for i, p := range proxies {
				tunnels = append(tunnels, p.Asked()[before[i]:]...)
			}
			if !strings.Contains(said, tc.says) || !slices.Equal(tunnels, tc.tunnels) {
				t.Errorf("said %q with the tunnels %q; want %q with %q", said, tunnels, tc.says, tc.tunnels)
			}
			if strings.Contains(said, proxyPassword) {
				t.Errorf("the proxy's password is told: %q", said)
			}
		})
	}
}

func (c proxyCase) ask(t *testing.T, caFile string) string {
	t.Helper()
	child := exec.Command(os.Args[0], "-test.run=^TestProxyChild$", "-test.v")
	child.Env = append(c.environ, "PROXY_TEST_URL="+c.url, "PROXY_TEST_CA="+caFile, "PROXY_TEST_DIRECT="+c.direct)
	out, err := child.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return string(out)
}

// TestProxyChild is the process of a proxyCase, and says what it got.
func TestProxyChild(t *testing.T) {
	url := os.Getenv("PROXY_TEST_URL")
	if url == "" {
		t.Skip("TestProxyOfTheEnvironment starts it")
	}
	var opts []oidc.ClientOption
	if direct := os.Getenv("PROXY_TEST_DIRECT"); direct != "" {
		opts = append(opts, oidc.WithAddress("example.com:443", direct))
	}
	web, err := oidc.NewHTTPClient(os.Getenv("PROXY_TEST_CA"), opts...)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := web.Get(url)
	if err != nil {
		t.Log(oidc.TransportError(url, err))
		return
	}
	defer answer.Body.Close()
	t.Log(answer.Status)
}
