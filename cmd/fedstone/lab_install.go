package main

import (
	"fmt"

	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/lab"
)

func labInstallCommand() *cli.Command {
	return &cli.Command{
		Name:  "install",
		Usage: "install what the lab and the tests need (as root, on Debian 12)",
		Description: `Packages come by apt, Keycloak by Maven, oidc-provider by npm, and for the tests
other releases of Keystone by pip. No service of the host is started or changed. With --check nothing is installed: what is missing is
listed, with exit status 1.`,
		Flags: append(labPartsFlags(),
			&cli.BoolFlag{Name: "tests", Usage: "also what only the tests and benchmarks need (Chromium, haproxy, promtool, the openstack client, other releases of Keystone)"},
			&cli.BoolFlag{Name: "check", Usage: "list what is missing, and install nothing"},
		),
		Before: noArguments,
		Action: labInstall,
	}
}

func labInstall(c *cli.Context) error {
	opts, err := labParts(c)
	if err != nil {
		return err
	}
	needs := labNeeds(opts, c.Bool("tests"))
	if !c.Bool("check") {
		return lab.Install(c.Context, needs, c.App.ErrWriter)
	}
	missing := lab.Missing(needs)
	for _, line := range missing {
		if _, err := fmt.Fprintln(c.App.Writer, line); err != nil {
			return err
		}
	}
	if len(missing) > 0 {
		return quietExit(exitFindings)
	}
	return nil
}

// labNeeds are what these parts of a lab take, and what the tests take besides.
func labNeeds(opts lab.Options, tests bool) lab.Needs {
	needs := lab.Needs{lab.HTTPD, lab.Stack}
	for need, wanted := range map[lab.Need]bool{
		lab.Keycloak: opts.Keycloak, lab.Light: opts.Light, lab.Horizon: opts.Horizon && opts.Debian == "",
		lab.Browser: tests, lab.Balancer: tests, lab.Shared: tests, lab.Monitor: tests, lab.UWSGI: tests, lab.Resource: tests, lab.Peers: tests, lab.Releases: tests, lab.SAML: tests,
	} {
		if wanted {
			needs = append(needs, need)
		}
	}
	if opts.Debian != "" {
		needs = append(needs, lab.SuiteNeeds(opts.Debian)...)
	}
	return needs
}
