package keystone

import (
	"context"
	"net/http"

	"github.com/fedstone/fedstone/internal/secret"
)

// ExchangeIDToken hands an ID token to the call of the IAM services that takes it in the
// body (identity-access-management, iam_13_0605), and asks for an unscoped token. The
// answer and the error are as Exchange's.
func ExchangeIDToken(ctx context.Context, client *http.Client, baseURL, idp string, token secret.Value) (Answer, error) {
	type id struct {
		ID string `json:"id"`
	}
	return Ask(ctx, client, Request{
		Method: http.MethodPost, URL: baseURL + "/v3.0/OS-AUTH/id-token/tokens",
		Header: http.Header{"X-Idp-Id": {idp}, "Content-Type": {"application/json;charset=utf8"}},
		Body:   map[string]any{"auth": map[string]any{"id_token": id{token.Reveal()}}},
	})
}
