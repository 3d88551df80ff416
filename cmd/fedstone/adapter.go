package main

import (
	"crypto/tls"
	"fmt"
	"net"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/adapter"
	"github.com/fedstone/fedstone/internal/spec"
)

func adapterCommand() *cli.Command {
	return &cli.Command{
		Name:  "adapter",
		Usage: "a REST adapter for client registration",
		Subcommands: []*cli.Command{{
			Name:  "serve",
			Usage: "answer the generic REST adapter's API until interrupted",
			Description: `Keeps clients for programs that register them by PUT and DELETE of
/clients/{client_id}: fedstone register (by: adapter) and 3scale's Zync. They lie
in the file of --store, or with --idp at the identity provider of a description, as
its register: says (by: keycloak, with a client); there, clients that somebody else
made are read and not changed.

--accounts names a file of mode 0600 with a line ID:SECRET for each account. One line
a request goes to standard error, without secrets.`,
			Flags: []cli.Flag{
				&cli.StringFlag{Name: "listen", Value: "127.0.0.1:8443", Usage: "answer at `ADDRESS:PORT`"},
				&cli.StringFlag{Name: "public", Usage: "the `URL` that clients know it by; default: https:// and the address of --listen"},
				&cli.StringFlag{Name: "certificate", Required: true, Usage: "the server's certificate and chain, a PEM `FILE`"},
				&cli.StringFlag{Name: "key", Required: true, Usage: "its private key, a PEM `FILE`"},
				&cli.StringFlag{Name: "accounts", Required: true, Usage: "who may change clients: a `FILE` with lines ID:SECRET"},
				&cli.StringFlag{Name: "store", Usage: "keep the clients in `FILE`"},
				&cli.StringFlag{Name: "idp", Usage: "keep the clients at the identity provider `NAME` of the description"},
				fileFlag(), caFileFlag(), timeoutFlag(), allowExecFlag(),
				&cli.BoolFlag{Name: "quiet", Aliases: []string{"q"}, Usage: "log no requests"},
			},
			Before: noArguments,
			Action: serveAdapter,
		}},
	}
}

func serveAdapter(c *cli.Context) error {
	certificate, err := tls.LoadX509KeyPair(c.String("certificate"), c.String("key"))
	if err != nil {
		return usageError("--certificate, --key: %s", err)
	}
	accounts, err := adapter.ReadAccounts(c.String("accounts"))
	if err != nil {
		return usageError("--accounts: %s", err)
	}
	store, err := adapterStore(c)
	if err != nil {
		return err
	}
	at, err := (&net.ListenConfig{}).Listen(c.Context, "tcp", c.String("listen"))
	if err != nil {
		return err
	}
	s := &adapter.Server{Public: publicAddress(c, at), Accounts: accounts, Store: store}
	if !c.Bool("quiet") {
		s.Log = c.App.ErrWriter
	}
	if _, err := fmt.Fprintf(c.App.Writer, "serving at %s\n", s.Public); err != nil {
		return err
	}
	return s.Serve(c.Context, at, certificate)
}

// publicAddress is the one that clients know, without a final slash.
func publicAddress(c *cli.Context, at net.Listener) string {
	if given := c.String("public"); given != "" {
		return strings.TrimSuffix(given, "/")
	}
	return "https://" + at.Addr().String()
}

// adapterStore is where the clients are kept.
func adapterStore(c *cli.Context) (adapter.Store, error) {
	file, name := c.String("store"), c.String("idp")
	switch {
	case (file == "") == (name == ""):
		return nil, usageError("expected --store FILE, or --idp NAME: where the clients are kept")
	case file != "":
		store, err := adapter.OpenFile(file)
		if err != nil {
			return nil, cli.Exit(err.Error(), exitUsage)
		}
		return store, nil
	}
	return adapterForward(c, name)
}

// adapterForward keeps the clients at an identity provider of the description.
func adapterForward(c *cli.Context, name string) (adapter.Store, error) {
	fed, err := loadFederation(c)
	if err != nil {
		return nil, err
	}
	idp, err := adapterProvider(fed, name)
	if err != nil {
		return nil, err
	}
	to, err := registrarOf(c, fed, idp)
	if err != nil {
		return nil, err
	}
	store, err := adapter.NewForward(to)
	if err != nil {
		return nil, usageError("--idp %s: %s", name, err)
	}
	return store, nil
}

// adapterProvider: registrations have no tokens of their own here, so that an account
// has to be named.
func adapterProvider(fed *spec.Federation, name string) (*spec.IdentityProvider, error) {
	for i := range fed.IdentityProviders {
		idp := &fed.IdentityProviders[i]
		if idp.ID.Value != name {
			continue
		}
		if idp.Register == nil || !idp.Register.Client.ID.Given() && !idp.Register.Issuer.Given() {
			return nil, usageError("--idp %s: expected register: {by: keycloak, client: {id: …, secret: …}} in its description", name)
		}
		return idp, nil
	}
	return nil, usageError("--idp %s: the description has no such identity provider", name)
}
