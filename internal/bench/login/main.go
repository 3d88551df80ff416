// Command login is the process that BenchmarkLogin measures: it exchanges a
// bearer token and scopes the Keystone token it is given to a project.
package main

import (
	"context"
	"fmt"
	"net/http"
	"os"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/secret"
)

func main() {
	if err := login(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// login takes what it needs from the variables that the openstack client reads.
func login(ctx context.Context) error {
	client, err := oidc.NewHTTPClient(os.Getenv("OS_CACERT"))
	if err != nil {
		return err
	}
	url := keystone.CanonicalURL(os.Getenv("OS_AUTH_URL"))
	answer, err := keystone.Exchange(ctx, client, url, os.Getenv("OS_IDENTITY_PROVIDER"), os.Getenv("OS_PROTOCOL"), secret.New(os.Getenv("OS_ACCESS_TOKEN")))
	if err := created("the exchange", answer, err); err != nil {
		return err
	}
	scoped, err := keystone.Session{Client: client, URL: url, Token: answer.Token()}.Rescope(ctx, os.Getenv("OS_PROJECT_ID"))
	return created("rescoping", scoped, err)
}

func created(what string, answer keystone.Answer, err error) error {
	if err == nil && answer.Status != http.StatusCreated {
		return fmt.Errorf("%s was answered with %d by %s", what, answer.Status, answer.AnsweredBy)
	}
	return err
}
