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

On the platforms huawei-iam and otc-iam it makes the identity provider, its mapping,
OpenID Connect configuration and protocol, and copies the issuer's keys (docs/iam.md).
--check-keys compares the copy with the issuer: status 1 if a key is missing there.

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
			&cli.BoolFlag{Name: "check-keys", Usage: "at a cloud's identity service, say whether its copy of the issuers' keys is whole, and change nothing"},
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
	if err := checkApplyPlatform(c, fed); err != nil {
		return err
	}
	if err := checkAuthorities(c, fed); err != nil {
		return err
	}
	if err := checkRotate(c, fed); err != nil {
		return err
	}
	work, err := newApplication(c, fed)
	if err != nil {
		return err
	}
	if c.Bool("check-keys") {
		return work.checkKeys()
	}
	if names := c.StringSlice("cloud"); len(names) > 1 {
		return work.clouds(names)
	}
	return work.onlyCloud()
}

// checkApplyPlatform refuses what the platform knows nothing of.
func checkApplyPlatform(c *cli.Context, fed *spec.Federation) error {
	switch {
	case c.Bool("check-keys") && !fed.Service():
		return usageError("--check-keys is for a cloud's identity service: httpd asks the issuer for its keys itself, and there is no copy of them")
	case c.Bool("check-keys") && len(c.StringSlice("cloud")) > 1:
		return usageError("--check-keys looks at one cloud: give --cloud once")
	case c.Bool("prune-disabled") && fed.Service():
		return usageError("--prune-disabled is about projects and domains, which apply does not make on the platform %s", fed.Platform)
	}
	return nil
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
