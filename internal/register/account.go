package register

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/secret"
)

// early is how long before its end a token is not used any more.
const early = 10 * time.Second

// AccountOf gives a function that logs in as a client of the issuer's by client
// credentials, when it is first called and when the token ends. It is not for
// several goroutines at once.
func AccountOf(web *http.Client, issuer string, client oidc.Client) func(context.Context) (secret.Value, error) {
	var got oidc.Tokens
	return func(ctx context.Context) (secret.Value, error) {
		if !got.Access.Empty() && (got.Expiry.IsZero() || time.Until(got.Expiry) > early) {
			return got.Access, nil
		}
		doc, err := oidc.Discover(ctx, web, issuer)
		if err != nil {
			return secret.Value{}, err
		}
		got, err = oidc.ClientCredentials(ctx, web, doc, client, nil)
		return got.Access, AccountFault(err)
	}
}

// AccountFault says of a login that was refused which account it was.
func AccountFault(err error) error {
	var no *oidc.Error
	if errors.As(err, &no) && no.Kind == oidc.GrantRefused {
		no.Mend = "check the account, `register: {client: {…}}` or that of the issuer https://ID:SECRET@HOST/PATH, against the client at the provider: id, secret, and that it may get tokens for itself"
	}
	return err
}
