package oidc

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// Caps of what is read from an issuer, in bytes.
const (
	documentLimit = 1 << 20
	jwksLimit     = 256 << 10
)

// Discover fetches and checks an issuer's discovery document. client comes from
// NewHTTPClient. Errors are *Error values.
func Discover(ctx context.Context, client *http.Client, issuer string) (*Document, error) {
	if _, err := httpsURL(issuer); err != nil {
		err.At, err.Got = issuer, "the issuer "+err.Got
		return nil, err
	}
	raw, err := fetch(ctx, client, WellKnown(issuer), documentLimit)
	if err != nil {
		return nil, err
	}
	return ParseDocument(issuer, raw)
}

// fetch gets a JSON text of at most limit bytes.
func fetch(ctx context.Context, client *http.Client, place string, limit int64) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, place, nil)
	if err != nil {
		return nil, &Error{Kind: BadURL, At: place, Got: "not a URL", Err: err}
	}
	req.Header.Set("Accept", "application/json")
	at := Place(req.URL)
	resp, err := client.Do(req)
	if err != nil {
		return nil, TransportError(at, err)
	}
	defer resp.Body.Close()
	if err := answerError(at, resp); err != nil {
		return nil, err
	}
	return readAll(at, resp, limit)
}

func readAll(at string, resp *http.Response, limit int64) ([]byte, error) {
	raw, err := io.ReadAll(io.LimitReader(resp.Body, limit+1))
	if err != nil {
		return nil, TransportError(at, err)
	}
	if int64(len(raw)) > limit {
		return nil, &Error{Kind: TooLarge, At: at, Got: fmt.Sprintf("the answer is longer than %d bytes", limit), Want: "a document of a few kilobytes"}
	}
	if kind := resp.Header.Get("Content-Type"); strings.HasPrefix(kind, "text/html") {
		return nil, &Error{Kind: NotJSON, At: at, Got: "the answer is an HTML page: " + Excerpt(string(raw), 80), Want: "JSON", Mend: "check the issuer's path: a login page or a proxy answers there"}
	}
	return raw, nil
}

// answerError gives the error for an answer that is not 200.
func answerError(at string, resp *http.Response) error {
	switch {
	case resp.StatusCode == http.StatusOK:
		return nil
	case resp.StatusCode >= 300 && resp.StatusCode < 400:
		return &Error{Kind: Redirect, At: at, Got: fmt.Sprintf("%d redirects to %s", resp.StatusCode, RedirectHost(resp.Header)), Want: "200; redirects are not followed", Mend: "write the URL that the provider itself uses"}
	default:
		return &Error{Kind: Status, At: at, Got: fmt.Sprintf("the answer is %s", Excerpt(resp.Status, 60)), Want: "200", Mend: statusMend(at, resp.StatusCode)}
	}
}

// statusMend says what to look at where the answer is neither 200 nor a redirect.
func statusMend(at string, status int) string {
	switch {
	case status == http.StatusNotFound && strings.HasSuffix(at, WellKnown("")):
		return "correct the end of `issuer:` (Keycloak: /realms/REALM, before 17 /auth/realms/REALM), case included; the provider itself tells it as `issuer` of this document"
	case status >= http.StatusInternalServerError:
		return "read the log of the provider, and of the proxy in front of it"
	}
	return ""
}

// RedirectHost gives the host a redirect points at, and nothing more of it: the
// query of a Location may hold state or a token.
func RedirectHost(h http.Header) string {
	u, err := url.Parse(h.Get("Location"))
	switch {
	case err != nil || h.Get("Location") == "":
		return "an unreadable place"
	case u.Host == "":
		return "the same host"
	default:
		return u.Host
	}
}
