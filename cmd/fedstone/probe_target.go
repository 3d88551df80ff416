package main

import (
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/spec"
)

// target is where Keystone is asked; the zero target is its public address.
type target struct{ name, address string }

// allControllers is what --controller takes for every one of the description.
const allControllers = "all"

// probeTargets reads --controller. Without it there is the public address alone.
func probeTargets(given []string, fed *spec.Federation) ([]target, error) {
	if len(given) == 0 {
		return []target{{}}, nil
	}
	var out []target
	for _, text := range given {
		some, err := targetsOf(text, fed)
		if err != nil {
			return nil, err
		}
		out = append(out, some...)
	}
	return out, twice(out)
}

func targetsOf(text string, fed *spec.Federation) ([]target, error) {
	name, address, given := strings.Cut(text, "=")
	if name == allControllers && !given && len(fed.Controllers) > 0 {
		return everyController(fed)
	}
	for _, known := range fed.Controllers {
		if !given && known.Name.Value == name {
			address = known.Address.Value
		}
	}
	if name == "" || address == "" {
		return nil, usageError("--controller %q: expected NAME=ADDRESS such as ctl0=10.0.0.11, a name of the description's controllers, or %s for each of them", text, allControllers)
	}
	one, err := newTarget(name, address, fed)
	return []target{one}, err
}

func everyController(fed *spec.Federation) ([]target, error) {
	var out []target
	for _, known := range fed.Controllers {
		one, err := newTarget(known.Name.Value, known.Address.Value, fed)
		if err != nil {
			return nil, err
		}
		out = append(out, one)
	}
	return out, nil
}

func twice(all []target) error {
	seen := map[string]bool{}
	for _, t := range all {
		if seen[t.name] {
			return usageError("--controller: %q is named twice", t.name)
		}
		seen[t.name] = true
	}
	return nil
}

// newTarget gives an address its port, Keystone's public one where it has none.
func newTarget(name, address string, fed *spec.Federation) (target, error) {
	public, err := url.Parse(fed.Keystone.URL.Value)
	if err != nil {
		return target{}, usageError("keystone.url: %s", err)
	}
	full := withPort(address, portOf(public))
	host, port, err := net.SplitHostPort(full)
	number, bad := strconv.ParseUint(port, 10, 16)
	if err != nil || bad != nil || number == 0 || !isHost(host) {
		return target{}, usageError("--controller %s: the address is %q; expected a host, an IPv4 or an IPv6 address, with or without a port: 10.0.0.11, 10.0.0.11:5000, fd00::10, [fd00::10]:5000", name, address)
	}
	return target{name, full}, nil
}

// isHost takes names and addresses, and no URL.
func isHost(text string) bool {
	if strings.Contains(text, ":") {
		_, err := netip.ParseAddr(text)
		return err == nil
	}
	return text != "" && !strings.ContainsAny(text, "/@?#[] \t")
}

func probeClient(c *cli.Context, fed *spec.Federation, t target, more ...oidc.ClientOption) (*http.Client, error) {
	opts := append([]oidc.ClientOption{oidc.WithTimeout(c.Duration("timeout"))}, more...)
	if t.address != "" {
		public, err := url.Parse(fed.Keystone.URL.Value)
		if err != nil {
			return nil, usageError("keystone.url: %s", err)
		}
		opts = append(opts, oidc.WithAddress(net.JoinHostPort(public.Hostname(), portOf(public)), t.address))
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
