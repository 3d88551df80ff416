package oidc

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// proxy gives the proxy that the environment names for a URL (HTTPS_PROXY,
// NO_PROXY). net/http has none for loopback; an address that the caller has
// named is asked directly too.
func (c clientConfig) proxy(r *http.Request) (*url.URL, error) {
	if _, direct := c.addresses[hostPort(r.URL)]; direct {
		return nil, nil
	}
	at, err := http.ProxyFromEnvironment(r)
	if at != nil && strings.HasSuffix(at.Host, ":") { // what net/http makes of a text that is no URL: http://http:
		return nil, &Error{Kind: Proxy, At: Place(r.URL), Got: "HTTPS_PROXY is not a URL", Want: "http://HOST:PORT", Mend: "correct HTTPS_PROXY, or NO_PROXY=" + r.URL.Hostname()}
	}
	return at, err
}

// tunnelRefused judges a proxy's answer to CONNECT.
func tunnelRefused(_ context.Context, at *url.URL, asked *http.Request, answer *http.Response) error {
	if answer.StatusCode == http.StatusOK {
		return nil
	}
	mend := "let the proxy through to it, or NO_PROXY=" + asked.URL.Hostname()
	if answer.StatusCode == http.StatusProxyAuthRequired {
		mend = "HTTPS_PROXY=http://USER:PASSWORD@" + at.Host + ", or NO_PROXY=" + asked.URL.Hostname()
	}
	return &Error{Kind: Proxy, At: "https://" + asked.URL.Host, Got: "the proxy " + at.Host + " refuses the way there with " + strconv.Itoa(answer.StatusCode), Mend: mend}
}

// proxyFault tells the failure to reach a proxy from that to reach the server:
// the one who reads it has to look in another place.
func (p plain) proxyFault(r *http.Request, err error) error {
	var op *net.OpError
	if !errors.As(err, &op) || op.Op != "proxyconnect" {
		return err
	}
	_, got, _ := classifyTransport(err)
	at, _ := p.next.Proxy(r)
	return &Error{
		Kind: Proxy, At: Place(r.URL), Got: "the proxy " + at.Host + ": " + got,
		Mend: "correct HTTPS_PROXY, or NO_PROXY=" + r.URL.Hostname(), Err: innermost(err),
	}
}
