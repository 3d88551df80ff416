package main

import (
	"fmt"
	"slices"

	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/spec"
)

func registerCommand() *cli.Command {
	return &cli.Command{
		Name:  "register",
		Usage: "register the clients at their identity providers",
		Description: `Makes or changes, at each identity provider whose description says register:, the
client that httpd is and those of the command line: redirect URIs, grants, PKCE,
audience and groups. A second run changes nothing. --plan prints the difference
and exits with status 1 if there is one.

Secrets come from the files that render reads, and go there: one that there is not
is made. Nothing of them is printed. What belongs to the registrations lies beside
the description (register.kept), for nobody else to read. Nothing is deleted but
with --prune: what this description registered and does not name any more.`,
		Flags: append([]cli.Flag{
			fileFlag(),
			&cli.BoolFlag{Name: "plan", Usage: "print what would change, and change nothing"},
			&cli.StringSliceFlag{Name: "idp", Usage: "only at the identity provider `NAME` (repeat for several)"},
			&cli.BoolFlag{Name: "adopt", Usage: "take over clients that somebody else registered"},
			&cli.BoolFlag{Name: "prune", Usage: "delete what this description registered and does not name any more"},
			&cli.StringSliceFlag{Name: "rotate", Usage: "give the client `ID` another secret (repeat for several)"},
			&cli.StringFlag{Name: "render", Usage: "then render into the folder `DIR`, so that new secrets and ids are in its .client files"},
			issuerFlag(), allowExecFlag(), caFileFlag(), timeoutFlag(),
			formatFlag("text", "json"),
		}, outputFlags()...),
		Before:       checkRegisterCall,
		Action:       runRegister,
		BashComplete: completeProviders,
	}
}

func checkRegisterCall(c *cli.Context) error {
	if c.Bool("plan") && c.IsSet("render") {
		return usageError("--plan changes nothing, and --render writes files: give one of them")
	}
	return noArguments(c)
}

func runRegister(c *cli.Context) error {
	fed, err := loadFederation(c)
	if err != nil {
		return err
	}
	if err := checkAuthorities(c, fed); err != nil {
		return err
	}
	chosen, err := registering(c, fed)
	if err != nil {
		return err
	}
	if c.IsSet("issuer") && len(chosen) > 1 {
		return usageError("--issuer is one identity provider's, and %d are to be registered at: name it with --idp", len(chosen))
	}
	run := registration{c: c, fed: fed}
	defer run.close()
	for _, idp := range chosen {
		if err := run.plan(idp); err != nil {
			return mended(err)
		}
	}
	if err := run.finish(); err != nil || !c.IsSet("render") {
		return err
	}
	return renderAfter(c)
}

// renderAfter renders as the command of that name does. Its report is no result of
// this one.
func renderAfter(c *cli.Context) error {
	args := []string{c.App.Name, "render", "-f", c.String("file"), "-o", c.String("render")}
	if c.IsSet("ca-file") {
		args = append(args, "--ca-file", c.String("ca-file"))
	}
	if status := run(c.Context, args, c.App.Reader, c.App.ErrWriter, c.App.ErrWriter); status != exitClean {
		return quietExit(status)
	}
	return nil
}

// registering are the identity providers that say how clients are registered there.
func registering(c *cli.Context, fed *spec.Federation) ([]*spec.IdentityProvider, error) {
	var out []*spec.IdentityProvider
	names := c.StringSlice("idp")
	for i := range fed.IdentityProviders {
		idp := &fed.IdentityProviders[i]
		named := slices.Contains(names, idp.ID.Value)
		names = slices.DeleteFunc(names, func(n string) bool { return n == idp.ID.Value })
		switch {
		case idp.Register == nil && named:
			return nil, usageError("--idp %s: its description does not say how clients are registered there, expected register:", idp.ID.Value)
		case idp.Register != nil && (named || !c.IsSet("idp")):
			out = append(out, idp)
		}
	}
	if len(names) > 0 {
		return nil, usageError("--idp %s: the description has no such identity provider", names[0])
	}
	if len(out) == 0 {
		return nil, usageError("no identity provider of %s says how clients are registered there;\n%s", fed.Path, "write register: {by: keycloak, initial_access_token: {env: NAME}}")
	}
	return out, c.Context.Err()
}

// rotated refuses a --rotate that names no client.
func rotated(c *cli.Context, ids map[string]bool) error {
	for _, id := range c.StringSlice("rotate") {
		if !ids[id] {
			return usageError("--rotate %s: no client of that id is registered by this description", fmt.Sprintf("%q", id))
		}
	}
	return nil
}
