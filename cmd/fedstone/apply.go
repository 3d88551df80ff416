package main

import (
	"encoding/json"
	"fmt"
	"path/filepath"

	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/mapping"
	"github.com/fedstone/fedstone/internal/spec"
)

func applyCommand() *cli.Command {
	return &cli.Command{
		Name:  "apply",
		Usage: "bring about the objects on a live Keystone",
		Description: `Makes or changes, in this order: domains, projects, groups, their roles, mappings,
identity providers, protocols. What a login needs last is done last, and a second
run changes nothing. --plan prints the difference and exits with status 1 if there
is one.

What is made bears a mark in its description. An identity provider without it, or
with another description's, stays as it is; --adopt takes it over. Nothing is ever
deleted but with --prune: what bears the name keystone.owner of this description
and is not described any more. Projects and domains stay also then, unless they
have been disabled and --prune-disabled is given.

The credentials are those of the environment (an openrc file) or of a cloud in
clouds.yaml; the account needs the role admin. The token is revoked at the end.

The application credentials of oauth2.clients are made as their own users, whose
clouds the description names, and the secrets go straight into the files that it
names. One that will expire soon, or has other roles, is replaced by a new one, and
ends when its grace is over; --rotate replaces one at once.`,
		Flags: append([]cli.Flag{
			fileFlag(),
			&cli.BoolFlag{Name: "plan", Usage: "print what would change, and change nothing"},
			&cli.StringSliceFlag{Name: "cloud", Usage: "log in to the cloud `NAME` of clouds.yaml (default: OS_CLOUD, else the other OS_ variables); once for each Keystone, one after another"},
			&cli.BoolFlag{Name: "adopt", Usage: "take over identity providers and mappings that somebody else made"},
			&cli.BoolFlag{Name: "prune", Usage: "delete what this description made (keystone.owner) and does not name any more"},
			&cli.BoolFlag{Name: "prune-disabled", Usage: "with --prune, also projects and domains that have been disabled"},
			rotateFlag(),
			parallelFlag("send at most `N` requests to Keystone at the same time"), caFileFlag(), timeoutFlag(),
			formatFlag("text", "json"),
		}, outputFlags()...),
		Before: checkApplyCall,
		Action: runApply,
	}
}

func checkApplyCall(c *cli.Context) error {
	if c.Bool("prune-disabled") && !c.Bool("prune") {
		return usageError("--prune-disabled says how far --prune goes: give both")
	}
	seen := map[string]bool{}
	for _, name := range c.StringSlice("cloud") {
		if seen[name] {
			return usageError("--cloud %s is given twice", name)
		}
		seen[name] = true
	}
	return noArguments(c)
}

func runApply(c *cli.Context) error {
	fed, err := loadFederation(c)
	if err != nil {
		return err
	}
	if c.Bool("prune") && !fed.Keystone.Owner.Given() {
		return usageError("--prune deletes what bears the description's own name, and this one has none:\n" +
			"write keystone: {owner: NAME}, another NAME for each description of the same Keystone, and run apply once, which marks what is described")
	}
	if err := checkAuthorities(c, fed); err != nil {
		return err
	}
	if err := checkRotate(c, fed); err != nil {
		return err
	}
	mappings, err := compileMappings(c, fed)
	if err != nil {
		return err
	}
	work := application{c, fed, mappings}
	if names := c.StringSlice("cloud"); len(names) > 1 {
		return work.clouds(names)
	}
	return work.onlyCloud()
}

// compileMappings gives each identity provider's mapping in Keystone's form.
func compileMappings(c *cli.Context, fed *spec.Federation) (map[string]json.RawMessage, error) {
	mappings, release := map[string]json.RawMessage{}, fed.KeystoneRelease()
	for _, idp := range fed.IdentityProviders {
		m, list, err := mapping.For(idp, release, filepath.Dir(fed.Path))
		if err != nil {
			return nil, cli.Exit(fmt.Sprintf("identity provider %s: %v", idp.ID, err), exitUsage)
		}
		if err := reportFindings(c, list, descriptionSource(fed)); err != nil {
			return nil, err
		}
		if mappings[idp.ID.Value], err = m.Bytes(); err != nil {
			return nil, fmt.Errorf("identity provider %s: its mapping: %w", idp.ID, err)
		}
	}
	return mappings, nil
}
