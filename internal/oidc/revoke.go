package oidc

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"golang.org/x/oauth2"

	"github.com/fedstone/fedstone/internal/secret"
)

// Revoke withdraws an access token (RFC 7009). A provider without a revocation
// endpoint is left alone: the token lives until it expires. The answer is 200
// also for a token the provider does not know.
func Revoke(ctx context.Context, web *http.Client, doc *Document, c Client, token secret.Value) error {
	if doc.RevocationEndpoint == "" || token.Empty() {
		return nil
	}
	form := url.Values{"token": {token.Reveal()}, "token_type_hint": {"access_token"}}
	inBody := doc.authStyle(c) == oauth2.AuthStyleInParams
	if inBody {
		form.Set("client_id", c.ID)
	}
	if inBody && !c.Secret.Empty() {
		form.Set("client_secret", c.Secret.Reveal())
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, doc.RevocationEndpoint, strings.NewReader(form.Encode()))
	if err != nil {
		return &Error{Kind: BadURL, At: doc.RevocationEndpoint, Got: "not a URL", Err: err}
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if !inBody {
		req.SetBasicAuth(url.QueryEscape(c.ID), url.QueryEscape(c.Secret.Reveal()))
	}
	resp, err := web.Do(req)
	if err != nil {
		return TransportError(doc.RevocationEndpoint, err)
	}
	defer resp.Body.Close()
	return answerError(doc.RevocationEndpoint, resp)
}
