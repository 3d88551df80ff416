package register

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"

	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/secret"
)

// answerLimit bounds an answer, in bytes: the largest real ones have four kilobytes.
const answerLimit = 256 << 10

// Peer asks a provider's registration endpoints. Web is of oidc.NewHTTPClient: it
// speaks https alone, follows no redirect, and ends every request in time.
type Peer struct{ Web *http.Client }

// Question is one request. Body is sent as JSON, nil for none; Bearer is sent where
// there is one.
type Question struct {
	Method, Address string
	Bearer          secret.Value
	Body            any
	// Secrets are those of the body: no error repeats them.
	Secrets []secret.Value
}

// Ask sends a request and reads the answer, strictly: one JSON object of known size
// without double names; nil where the answer has no content. What is not 2xx is
// ErrNotFound (404, but not to a POST, which asks for no client) or *Refused, and
// everything else *oidc.Error.
func (p Peer) Ask(ctx context.Context, q Question) (oidc.Object, error) {
	req, err := q.request(ctx)
	if err != nil {
		return nil, err
	}
	at := oidc.Place(req.URL)
	resp, err := p.Web.Do(req)
	if err != nil {
		return nil, oidc.TransportError(at, err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(io.LimitReader(resp.Body, answerLimit+1))
	switch {
	case err != nil:
		return nil, oidc.TransportError(at, err)
	case len(text) > answerLimit:
		return nil, &oidc.Error{Kind: oidc.TooLarge, At: at, Got: fmt.Sprintf("the answer is longer than %d bytes", answerLimit), Want: "a registration of a few kilobytes"}
	case resp.StatusCode/100 != 2:
		return nil, q.refused(at, resp, text)
	case resp.StatusCode == http.StatusNoContent:
		return nil, nil
	}
	return q.read(at, text)
}

func (q Question) request(ctx context.Context) (*http.Request, error) {
	var body io.Reader
	if q.Body != nil {
		text, err := json.Marshal(q.Body)
		if err != nil {
			return nil, fmt.Errorf("registration: %w", err)
		}
		body = bytes.NewReader(text)
	}
	req, err := http.NewRequestWithContext(ctx, q.Method, q.Address, body)
	if err != nil {
		return nil, &oidc.Error{Kind: oidc.BadURL, Got: "the address of a registration is not a URL", Want: "an https URL"}
	}
	req.Header.Set("Accept", "application/json")
	if q.Body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if !q.Bearer.Empty() {
		req.Header.Set("Authorization", "Bearer "+q.Bearer.Reveal())
	}
	return req, nil
}

// read takes an answer that may hold secrets: what is wrong with it is told without
// a word of it.
func (q Question) read(at string, text []byte) (oidc.Object, error) {
	object, err := oidc.ParseObject(text)
	var fault *oidc.Error
	if errors.As(err, &fault) {
		return nil, &oidc.Error{Kind: fault.Kind, At: at, Got: strictly(fault.Kind), Want: "one JSON object, each name once (RFC 7591 section 3.2.1)"}
	}
	return object, err
}

func strictly(kind oidc.Kind) string {
	if kind == oidc.NotJSON {
		return "the answer is not a JSON object"
	}
	return "the answer is JSON that two readers may understand differently: a name twice, another object behind the first, or no valid text"
}

// refused reads the provider's words (RFC 7591 section 3.2.2, RFC 6750 section 3.1).
func (q Question) refused(at string, resp *http.Response, text []byte) error {
	switch {
	case resp.StatusCode/100 == 3:
		return &oidc.Error{Kind: oidc.Redirect, At: at, Got: fmt.Sprintf("%d redirects to %s", resp.StatusCode, oidc.RedirectHost(resp.Header)),
			Want: "an answer: a redirect is not followed, since the request carries a token", Mend: "write the address that the provider itself uses"}
	case resp.StatusCode == http.StatusNotFound && q.Method != http.MethodPost:
		return ErrNotFound
	}
	no := &Refused{At: at, Status: resp.StatusCode}
	if resp.StatusCode == http.StatusNotFound {
		no.Mend = "nobody takes registrations at this address: check the issuer, or register.endpoint"
	}
	if object, err := oidc.ParseObject(text); err == nil {
		no.Code, _ = object.Text("error")
		no.Text, _ = object.Text("error_description")
	}
	var mask secret.Redactor
	mask.Add(append(q.Secrets, q.Bearer)...)
	no.Code, no.Text = oidc.Excerpt(mask.Redact(no.Code), 60), oidc.Excerpt(mask.Redact(no.Text), 300)
	return no
}

// sameHost refuses an address that a token must not be sent to: another host or
// port than the one at which clients are registered, or not https.
func sameHost(endpoint, address string) error {
	own, err1 := url.Parse(endpoint)
	other, err2 := url.Parse(address)
	if err := errors.Join(err1, err2); err != nil || other.User != nil || other.Fragment != "" || other.Scheme != "https" || other.Host != own.Host {
		shown := "no URL"
		if err2 == nil {
			shown = oidc.Place(other)
		}
		return &oidc.Error{Kind: oidc.Malformed, At: endpoint, Got: "registration_client_uri is " + oidc.Excerpt(shown, 200),
			Want: "an https address at the same host: the registration's token is sent nowhere else"}
	}
	return nil
}
