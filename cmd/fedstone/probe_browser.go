package main

import (
	"net"
	"net/url"

	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/spec"
	"github.com/fedstone/fedstone/probe"
	"github.com/fedstone/fedstone/probe/browser"
)

// loginFlag and browserFlag log in as a person does, at the issuer's page.
func loginFlag() cli.Flag {
	return &cli.BoolFlag{Name: "login", Usage: "also log in at the issuer's page as probe's username, without a browser, up to the page that hands the dashboard its token"}
}

func browserFlag() cli.Flag {
	return &cli.BoolFlag{Name: "browser", Usage: "also log in at the dashboard as probe's username, with the installed Chromium"}
}

// browseAs adds to the options what the flags ask for. The browser goes where the
// other requests go: past the load balancer with --controller.
func browseAs(c *cli.Context, fed *spec.Federation, t target, opts *probe.Options) {
	opts.Login = c.Bool("login")
	if !c.Bool("browser") {
		return
	}
	var chromium browser.Chromium
	if public, err := url.Parse(fed.Keystone.URL.Value); err == nil && t.address != "" {
		chromium.Addresses = map[string]string{net.JoinHostPort(public.Hostname(), portOf(public)): t.address}
	}
	opts.Browser = chromium.Walk
}
