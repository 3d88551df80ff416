package oidc

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"time"
)

// Deadlines and caps of every request. The total one is WithTimeout's.
const (
	dialTimeout    = 5 * time.Second
	tlsTimeout     = 10 * time.Second
	defaultTimeout = 30 * time.Second
	headerLimit    = 64 << 10
	connections    = 2 // a probe must not become a load test
)

// ClientOption changes what NewHTTPClient makes.
type ClientOption func(*clientConfig)

type clientConfig struct {
	timeout     time.Duration
	addresses   map[string]string
	connections int
	show        func(*tls.CertificateRequestInfo) (*tls.Certificate, error)
}

// WithCertificate has show answer a server that asks for a certificate in the handshake.
// Later, as httpd does for SSLVerifyClient in a Location, crypto/tls takes no question.
func WithCertificate(show func(*tls.CertificateRequestInfo) (*tls.Certificate, error)) ClientOption {
	return func(c *clientConfig) { c.show = show }
}

// WithTimeout sets the deadline of a whole request, body included. The default is 30 s.
func WithTimeout(d time.Duration) ClientOption {
	return func(c *clientConfig) { c.timeout = d }
}

// WithConnections sets how many connections there may be to one host, and so how
// many requests it has at a time. The default is 2.
func WithConnections(n int) ClientOption {
	return func(c *clientConfig) { c.connections = n }
}

// WithAddress makes connections to hostport ("keystone.example.org:5000") go to
// address ("10.0.0.11:5000") instead, past DNS and past a proxy. The name in the
// TLS handshake and in the Host header stays.
func WithAddress(hostport, address string) ClientOption {
	return func(c *clientConfig) { c.addresses[hostport] = address }
}

// NewHTTPClient makes a client for requests that carry tokens: TLS 1.2 or newer
// with the system's CAs and those of caFile (PEM; "" for none), no redirects, no
// compressed answers, limited headers, two connections a host, through the
// environment's proxy (HTTPS_PROXY, NO_PROXY; never to loopback). A 3xx comes back
// as an answer, since following one would hand the bearer to somebody else.
func NewHTTPClient(caFile string, opts ...ClientOption) (*http.Client, error) {
	pool, err := certificatePool(caFile)
	if err != nil {
		return nil, err
	}
	conf := clientConfig{timeout: defaultTimeout, addresses: map[string]string{}, connections: connections}
	for _, opt := range opts {
		opt(&conf)
	}
	return &http.Client{
		Transport:     plain{conf.transport(pool)},
		Timeout:       conf.timeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}, nil
}

func (c clientConfig) transport(pool *x509.CertPool) *http.Transport {
	return &http.Transport{
		Proxy:                  c.proxy,
		OnProxyConnectResponse: tunnelRefused,
		DialContext:            c.dial,
		TLSClientConfig:        c.tls(pool),
		TLSHandshakeTimeout:    tlsTimeout,
		ResponseHeaderTimeout:  c.timeout,
		MaxResponseHeaderBytes: headerLimit,
		MaxConnsPerHost:        c.connections,
		MaxIdleConnsPerHost:    c.connections,
		IdleConnTimeout:        time.Minute,
		DisableCompression:     true,
	}
}

func (c clientConfig) tls(pool *x509.CertPool) *tls.Config {
	return &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12, GetClientCertificate: c.show}
}

func (c clientConfig) dial(ctx context.Context, network, address string) (net.Conn, error) {
	if other, ok := c.addresses[address]; ok {
		address = other
	}
	return (&net.Dialer{Timeout: dialTimeout}).DialContext(ctx, network, address)
}

func hostPort(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = map[string]string{"https": "443", "http": "80"}[u.Scheme]
	}
	return net.JoinHostPort(u.Hostname(), port)
}

// plain refuses anything but https before a byte leaves, and asks for answers
// as they are.
type plain struct{ next *http.Transport }

// RoundTrip serves http.RoundTripper.
func (p plain) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Scheme != "https" {
		return nil, &Error{Kind: NotHTTPS, At: Place(r.URL), Got: "the URL is not https", Want: "https, since the request carries a secret"}
	}
	r = r.Clone(r.Context())
	r.Header.Set("Accept-Encoding", "identity")
	r.Header.Set("User-Agent", "fedstone")
	answer, err := p.next.RoundTrip(r)
	if err != nil {
		return nil, p.proxyFault(r, err)
	}
	return answer, nil
}

// CloseIdleConnections serves http.Client.
func (p plain) CloseIdleConnections() { p.next.CloseIdleConnections() }

func certificatePool(caFile string) (*x509.CertPool, error) {
	pool, err := x509.SystemCertPool()
	if err != nil {
		return nil, fmt.Errorf("system CA certificates: %w", err)
	}
	if caFile == "" {
		return pool, nil
	}
	pem, err := os.ReadFile(caFile)
	if err != nil {
		return nil, fmt.Errorf("CA file: %w", err)
	}
	if !pool.AppendCertsFromPEM(pem) {
		return nil, &Error{Kind: BadFile, At: caFile, Got: "holds no PEM certificate", Want: `blocks of "-----BEGIN CERTIFICATE-----"`}
	}
	return pool, nil
}
