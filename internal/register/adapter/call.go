package adapter

import (
	"bytes"
	"context"
	"errors"
	"net/http"

	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/register"
	"github.com/fedstone/fedstone/internal/secret"
)

// call asks for one client, or changes it, and gives what the adapter made of it.
func (a *Adapter) call(ctx context.Context, method string, want Body) (register.Registration, error) {
	place, err := a.clientURL(want.ID)
	if err != nil {
		return register.Registration{}, err
	}
	req, err := request(ctx, method, place, want)
	if err != nil {
		return register.Registration{}, err
	}
	if err := a.authorize(ctx, req); err != nil {
		return register.Registration{}, err
	}
	status, raw, err := a.send(req)
	if err != nil {
		return register.Registration{}, err
	}
	if err := verdict(method, oidc.Place(req.URL), status, raw); err != nil {
		return register.Registration{}, a.masked(err, want)
	}
	return answered(oidc.Place(req.URL), method, want, raw)
}

// masked takes out of an adapter's words what it repeats of what it was sent.
func (a *Adapter) masked(err error, sent Body) error {
	var words *register.Refused
	if errors.As(err, &words) {
		var r secret.Redactor
		r.Add(a.at.Secret, a.token, sent.Secret)
		words.Code, words.Text = r.Redact(words.Code), r.Redact(words.Text)
	}
	return err
}

func request(ctx context.Context, method, place string, want Body) (*http.Request, error) {
	var text []byte
	if method == http.MethodPut {
		var err error
		if text, err = want.JSON(); err != nil {
			return nil, err
		}
	}
	req, err := http.NewRequestWithContext(ctx, method, place, bytes.NewReader(text))
	if err != nil {
		return nil, &oidc.Error{Kind: oidc.BadURL, At: place, Got: "not a URL"}
	}
	if method == http.MethodPut {
		req.Header.Set("Content-Type", "application/json")
	}
	return req, nil
}

// verdict tells a refusal from a client that there is not. What cannot be read is
// known to nobody.
func verdict(method, at string, status int, raw []byte) error {
	unread := method == http.MethodGet && (status == http.StatusMethodNotAllowed || status == http.StatusNotImplemented)
	switch {
	case status >= 200 && status < 300:
		return nil
	case status == http.StatusNotFound && method != http.MethodPut, unread:
		return register.ErrNotFound
	default:
		return refused(at, status, raw)
	}
}

// refused reads the provider's words, where there are any (RFC 7591 section 3.2.2).
func refused(at string, status int, raw []byte) error {
	out := &register.Refused{At: at, Status: status, Mend: mends[status]}
	if o, err := oidc.ParseObject(raw); err == nil {
		out.Code, _ = o.Text("error")
		out.Text, _ = o.Text("error_description")
	}
	return out
}

// mends say what to look at, by status.
var mends = map[int]string{
	http.StatusUnauthorized:     "check the id and the secret of the issuer https://ID:SECRET@HOST/PATH",
	http.StatusForbidden:        "give the account the right to change clients",
	http.StatusNotFound:         "check the adapter's address: clients/ and .well-known/ lie below it",
	http.StatusMethodNotAllowed: "the adapter does not take this request",
}

// answered reads the client of an answer. One without a body says that all is as it
// was asked for.
func answered(at, method string, want Body, raw []byte) (register.Registration, error) {
	if method == http.MethodDelete || method == http.MethodPut && len(bytes.TrimSpace(raw)) == 0 {
		return want.Registration(), nil
	}
	got, err := ParseBody(raw)
	if err != nil {
		return register.Registration{}, placed(at, err)
	}
	if got.ID != want.ID && got.ID != "" {
		return register.Registration{}, &oidc.Error{Kind: oidc.Malformed, At: at, Got: "the answer is about another client_id", Want: "the one that was asked for"}
	}
	got.ID = want.ID
	if method == http.MethodPut && got.Secret.Empty() {
		got.Secret = want.Secret
	}
	return got.Registration(), nil
}
