package keystone

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"

	"github.com/fedstone/fedstone/internal/secret"
)

// OAuth2Path is where Keystone issues OAuth 2.0 access tokens (identity API, OS-OAUTH2).
const OAuth2Path = "/v3/OS-OAUTH2/token"

// TokenRequest asks for an access token for a client itself (RFC 6749, section 4.4). The
// client is shown by its id and secret, or by the connection's certificate and the id.
type TokenRequest struct {
	ID     string
	Secret secret.Value // empty: the connection shows a certificate, or nobody asks
	InBody bool         // the secret stands in the form (section 2.3.1), not in a header
}

// IssueToken asks, and gives the answer, whatever it is; the error is of the transport
// alone. As with Exchange, no redirect is followed.
func IssueToken(ctx context.Context, client *http.Client, baseURL string, r TokenRequest) (Answer, error) {
	header, form := http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}, url.Values{"grant_type": {"client_credentials"}}
	switch {
	case r.Secret.Empty() && r.ID != "":
		form.Set("client_id", r.ID)
	case r.InBody:
		form.Set("client_id", r.ID)
		form.Set("client_secret", r.Secret.Reveal())
	case r.ID != "":
		header.Set("Authorization", basic(r.ID, r.Secret))
	}
	return Ask(ctx, client, Request{Method: http.MethodPost, URL: baseURL + OAuth2Path, Header: header, Text: []byte(form.Encode())})
}

// basic is the header of RFC 7617; RFC 6749 has both parts form-encoded before, which
// Keystone does not undo, and which changes none of its own ids and secrets.
func basic(id string, secret secret.Value) string {
	r := http.Request{Header: http.Header{}}
	r.SetBasicAuth(id, secret.Reveal())
	return r.Header.Get("Authorization")
}

// Issued is an access token and what was said about it (RFC 6749, section 5.1).
type Issued struct {
	Token   secret.Value
	Type    string
	Expires int // seconds; 0: not said
}

// IssuedBy reads the token of an answer. Errors never hold it.
func IssuedBy(a Answer) (Issued, error) {
	var body struct {
		Token   string `json:"access_token"`
		Type    string `json:"token_type"`
		Expires int    `json:"expires_in"`
	}
	if json.Unmarshal(a.Body, &body) != nil || body.Token == "" {
		return Issued{}, errors.New("the answer has no access_token")
	}
	return Issued{secret.New(body.Token), body.Type, body.Expires}, nil
}
