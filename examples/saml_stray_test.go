package examples_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/ecp"
	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/secret"
)

// strayAssertion shows an assertion at a door that it was not made for, though the door
// trusts the key below it, and then at its own.
func strayAssertion(t *testing.T, d labtest.Deployment) {
	web, err := oidc.NewHTTPClient(d.Lab.CAFile)
	if err != nil {
		t.Fatal(err)
	}
	client := func(idp string) *ecp.Client {
		c := &ecp.Client{Web: web, URL: d.Lab.KeystoneURL + door(idp, "saml2"), Mask: &secret.Redactor{}}
		if _, err := c.Ask(t.Context()); err != nil {
			t.Fatal(err)
		}
		return c
	}
	own, twin := client("corp-saml"), client("twin")
	password := secret.New(strings.TrimSpace(labtest.Secret(t, d.Lab, "corp-user-alice")))
	if _, err := own.LogIn(t.Context(), labtest.IssuerURL(t, d.Lab, "corp")+"/protocol/saml", "alice", password); err != nil {
		t.Fatal(err)
	}
	twin.Answered = own.Answered
	var stop *ecp.Stop
	if a, err := twin.Consume(t.Context()); !errors.As(err, &stop) {
		t.Errorf("the other door took it: %d, %v", a.Status, err)
	}
	if a, err := twin.Exchange(t.Context()); err != nil || a.Status == http.StatusCreated {
		t.Errorf("the other door: %d, %v", a.Status, err)
	}
	if _, err := own.Consume(t.Context()); err != nil {
		t.Fatal(err)
	}
	if a, err := own.Exchange(t.Context()); err != nil || a.Status != http.StatusCreated {
		t.Errorf("its own door: %d, %v; want 201", a.Status, err)
	}
}
