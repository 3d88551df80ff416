package oidc

import (
	"context"
	"net/http"
	"net/url"

	"github.com/fedstone/fedstone/internal/secret"
)

// Revoke withdraws an access token or a refresh token (RFC 7009). No hint of its
// kind is given: it is optional (section 2.1), and a provider that trusts a wrong
// one leaves the token alone. A provider without a revocation endpoint is left
// alone: the token lives until it expires. The answer is 200 also for a token the
// provider does not know.
func Revoke(ctx context.Context, web *http.Client, doc *Document, c Client, token secret.Value) error {
	if doc.RevocationEndpoint == "" || token.Empty() {
		return nil
	}
	req, err := doc.authenticated(c, doc.RevocationEndpoint, url.Values{"token": {token.Reveal()}})
	if err != nil {
		return err
	}
	resp, err := web.Do(req.WithContext(ctx))
	if err != nil {
		return TransportError(doc.RevocationEndpoint, err)
	}
	defer resp.Body.Close()
	return answerError(doc.RevocationEndpoint, resp)
}
