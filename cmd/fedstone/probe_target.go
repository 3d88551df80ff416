package main

import (
	"net"
	"net/http"
	"net/url"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/spec"
)

// target is where Keystone is asked; the zero target is its public address.
type target struct{ name, address string }

// probeTargets reads --controller. Without it there is the public address alone.
func probeTargets(given []string, fed *spec.Federation) ([]target, error) {
	if len(given) == 0 {
		return []target{{}}, nil
	}
	var out []target
	for _, text := range given {
		name, address, _ := strings.Cut(text, "=")
		for _, known := range fed.Controllers {
			if address == "" && known.Name.Value == name {
				address = known.Address.Value
			}
		}
		if name == "" || address == "" {
			return nil, usageError("--controller %q: expected NAME=ADDRESS such as ctl0=10.0.0.11, or a name of the description's controllers", text)
		}
		out = append(out, target{name, address})
	}
	return out, nil
}

func probeClient(c *cli.Context, fed *spec.Federation, t target) (*http.Client, error) {
	opts := []oidc.ClientOption{oidc.WithTimeout(c.Duration("timeout"))}
	if t.address != "" {
		public, err := url.Parse(fed.Keystone.URL.Value)
		if err != nil {
			return nil, usageError("keystone.url: %s", err)
		}
		port := portOf(public)
		opts = append(opts, oidc.WithAddress(net.JoinHostPort(public.Hostname(), port), withPort(t.address, port)))
	}
	client, err := oidc.NewHTTPClient(caFile(c, fed), opts...)
	if err != nil {
		return nil, usageError("%s", err)
	}
	if c.Bool("debug") {
		client.Transport = requestLog{next: client.Transport, out: c.App.ErrWriter}
	}
	return client, nil
}

func portOf(u *url.URL) string {
	if u.Port() != "" {
		return u.Port()
	}
	return "443"
}

// withPort adds Keystone's port to an address that has none.
func withPort(address, port string) string {
	if _, _, err := net.SplitHostPort(address); err == nil {
		return address
	}
	return net.JoinHostPort(strings.Trim(address, "[]"), port)
}
