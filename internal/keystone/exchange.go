package keystone

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/fedstone/fedstone/internal/secret"
)

// Exchange hands a bearer token to the /auth path of an identity provider's
// protocol and gives the answer, whatever it is; the error is of the transport
// alone. baseURL is Keystone's without /v3. Like every function of this file it
// never follows a redirect, whatever the client does, and sends `Accept:
// application/json` unless told otherwise: without it mod_auth_openidc takes a
// caller for a browser.
//
// These requests go through net/http: gophercloud has no exchange, retries on
// its own, reads bodies without a limit and drops the answer's evidence where it
// is the wished one.
func Exchange(ctx context.Context, client *http.Client, baseURL, idp, protocol string, bearer secret.Value) (Answer, error) {
	header := http.Header{}
	if !bearer.Empty() {
		header.Set("Authorization", "Bearer "+bearer.Reveal())
	}
	return Ask(ctx, client, Request{Method: http.MethodPost, URL: baseURL + AuthPath(idp, protocol), Header: header})
}

// AuthPath is the path of the bearer exchange.
func AuthPath(idp, protocol string) string {
	return "/v3/OS-FEDERATION/identity_providers/" + url.PathEscape(idp) + "/protocols/" + url.PathEscape(protocol) + "/auth"
}

// Request is one request to Keystone. A non-nil Body is sent as JSON; Text is sent
// as it is, as the Content-Type of Header says.
type Request struct {
	Method string
	URL    string
	Header http.Header
	Body   any
	Text   []byte
}

// Ask sends a request and reads the answer, up to 1 MB of it.
func Ask(ctx context.Context, client *http.Client, r Request) (Answer, error) {
	req, err := r.build(ctx)
	if err != nil {
		return Answer{AnsweredBy: ByNobody}, err
	}
	start := time.Now()
	resp, err := withoutRedirects(client).Do(req)
	if err != nil {
		return Answer{AnsweredBy: ByNobody, Took: time.Since(start)}, err
	}
	a, err := readAnswer(resp, start)
	if err != nil {
		return Answer{AnsweredBy: ByNobody, Took: time.Since(start)}, err
	}
	return a, nil
}

func (r Request) build(ctx context.Context) (*http.Request, error) {
	var body bytes.Buffer
	body.Write(r.Text)
	if r.Body != nil {
		if err := json.NewEncoder(&body).Encode(r.Body); err != nil {
			return nil, err
		}
	}
	req, err := http.NewRequestWithContext(ctx, r.Method, r.URL, bytes.NewReader(body.Bytes()))
	if err != nil {
		return nil, err
	}
	for name, values := range r.Header {
		req.Header[name] = values
	}
	if req.Header.Get("Accept") == "" {
		req.Header.Set("Accept", "application/json")
	}
	if r.Body != nil && req.Header.Get("Content-Type") == "" {
		req.Header.Set("Content-Type", "application/json")
	}
	return req, nil
}

func withoutRedirects(client *http.Client) *http.Client {
	own := *client
	own.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &own
}

// CanonicalURL gives Keystone's URL without a final slash and without /v3.
func CanonicalURL(text string) string {
	return strings.TrimSuffix(strings.TrimRight(text, "/"), "/v3")
}
