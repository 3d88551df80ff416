package main

import (
	"io"
	"net/http"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/register"
	"github.com/fedstone/fedstone/internal/register/adapter"
	"github.com/fedstone/fedstone/internal/secret"
	"github.com/fedstone/fedstone/internal/spec"
)

// longestIssuer bounds an issuer with its account, in bytes.
const longestIssuer = 8 << 10

// issuerFlag names a file, and not the issuer itself: whoever lists processes reads
// what stands on a command line.
func issuerFlag() cli.Flag {
	return &cli.StringFlag{Name: "issuer", Usage: "take the issuer with its account, https://ID:SECRET@HOST/PATH, from `FILE` (- is standard input), whatever the description says"}
}

// registerIssuer gives the issuer form of the command line or of the description; the
// zero Endpoint where there is none.
func registerIssuer(c *cli.Context, ask spec.Resolver, r *spec.Register) (register.Endpoint, error) {
	form, err := issuerForm(c, ask, r)
	if err != nil || form.Empty() {
		return register.Endpoint{}, err
	}
	at, err := register.ParseEndpoint(form)
	if err == nil && at.ID == "" {
		return at, usageError("the issuer of register has no account in it, expected https://ID:SECRET@HOST/PATH")
	}
	if err != nil {
		return at, usageError("%s", err)
	}
	return at, nil
}

func issuerForm(c *cli.Context, ask spec.Resolver, r *spec.Register) (secret.Value, error) {
	switch name := c.String("issuer"); {
	case !c.IsSet("issuer"):
		return registerSecret(ask, r.Issuer)
	case name == "":
		return secret.Value{}, usageError("--issuer is empty, expected the name of a file, or - for standard input")
	case strings.Contains(name, "://"):
		return secret.Value{}, usageError("--issuer takes the name of a file, or - for standard input: a secret on the command line is read by every user of this machine (ps) and stays in the shell's history; it has to be replaced now")
	case name == spec.Stdin:
		return issuerOnStdin(c.App.Reader)
	default:
		return registerSecret(spec.Resolver{Dir: "."}, spec.Secret{File: spec.Text{Value: name}, At: finding.Range{Path: "--issuer"}})
	}
}

// issuerOnStdin: an empty one would leave the description's account to be used.
func issuerOnStdin(in io.Reader) (secret.Value, error) {
	text, err := io.ReadAll(io.LimitReader(in, longestIssuer))
	if err == nil && strings.TrimSpace(string(text)) == "" {
		err = usageError("--issuer is empty, expected https://ID:SECRET@HOST/PATH on standard input")
	}
	return secret.New(string(text)), err
}

// registrarAt gives the way of registering at an address with its account. Keycloak
// registers at its realm, which is the issuer itself.
func registrarAt(web *http.Client, idp *spec.IdentityProvider, at register.Endpoint) (register.Registrar, error) {
	account := oidc.Client{ID: at.ID, Secret: at.Secret}
	switch {
	case idp.Register.By.Value == spec.ByAdapter:
		return adapter.New(web, at), nil
	case idp.Register.By.Value == spec.ByDynamic:
		return nil, usageError("dynamic registration knows no account of its own (RFC 7591), expected register: {initial_access_token: …} and no issuer with one")
	case strings.TrimSuffix(at.URL, "/") != strings.TrimSuffix(idp.Issuer.Value, "/"):
		return nil, usageError("%s: the issuer of register is %s, and that of the identity provider %s; expected the same", idp.Register.At, at.URL, idp.Issuer.Value)
	}
	return registrarParts{web: web, idp: idp, account: account}.keycloak(), nil
}
