package main

import (
	"bytes"
	"context"
	"io"
	"net/url"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/secret"
	"github.com/fedstone/fedstone/internal/spec"
	"github.com/fedstone/fedstone/probe/watch"
)

// rereader knows what a watch probes. The description, its secrets and the given
// tokens are read again before each run; while they cannot be used, those that
// could be read last are.
type rereader struct {
	c      *cli.Context
	record *watch.Record
	use    reading
	names  []string // of the identity providers to be probed
	heard  string   // about the description, the last time
	failed bool     // it could not be used then
}

// begin reads for the first time, when nothing can stand in for what is wrong.
func (r *rereader) begin() error {
	var err error
	var said string
	r.use, r.names, said, err = r.read()
	_, _ = io.WriteString(r.c.App.ErrWriter, said)
	r.heard = strings.TrimSpace(said)
	return err
}

// read reads everything, and gives what it was told about it meanwhile.
func (r *rereader) read() (use reading, names []string, said string, err error) {
	var told bytes.Buffer
	c := overheard(r.c, &told)
	if use, err = readProbe(c); err == nil {
		names, err = watched(c, use.fed, use.tokens)
	}
	return use, names, told.String(), err
}

// again reads anew, keeps what was there if that fails, and tells it unless it has
// been told.
func (r *rereader) again() {
	fresh, names, said, err := r.read()
	r.record.Stale(err != nil)
	if err == nil {
		r.use, r.names = fresh, names
	} else {
		said += err.Error() + "\nwhat was read before stays in use"
	}
	mended := r.failed && err == nil
	r.failed = err != nil
	switch said = strings.TrimSpace(said); {
	case said == r.heard:
	case said == "", mended:
		tell(r.c, "the description can be used again")
	default:
		tell(r.c, said)
	}
	r.heard = said
}

// probe makes a run, as watch.Watch wants it.
func (r *rereader) probe(_ context.Context, leaveOut func(string) bool) (watch.Round, error) {
	r.again()
	opts, err := probeOptions(overheard(r.c, new(bytes.Buffer)), r.use)
	if err != nil {
		return watch.Round{}, err
	}
	opts.Logins.Unattended = true
	defer opts.Logins.Close(r.c.Context)
	opts.Names = nil
	for _, name := range r.names {
		if !leaveOut(name) {
			opts.Names = append(opts.Names, name)
		}
	}
	if len(opts.Names) == 0 {
		return watch.Round{}, nil
	}
	fleet, err := probeAll(r.c, r.use.fed, r.use.targets, opts)
	return watch.Round{Fleet: fleet, Hosts: hostsOf(r.use.fed)}, err
}

// overheard is a call whose words on standard error go elsewhere.
func overheard(c *cli.Context, to *bytes.Buffer) *cli.Context {
	own, app := *c, *c.App
	app.ErrWriter = to
	own.App = &app
	return &own
}

// watched gives the identity providers that --idp names, or all of them.
func watched(c *cli.Context, fed *spec.Federation, tokens map[string]secret.Value) ([]string, error) {
	var known []string
	there := map[string]bool{}
	for _, idp := range fed.IdentityProviders {
		known = append(known, idp.ID.Value)
		there[idp.ID.Value] = true
	}
	for name := range tokens {
		if !there[name] {
			return nil, usageError("--token: no identity provider %q in the description; there are %s", name, strings.Join(known, ", "))
		}
	}
	for _, name := range c.StringSlice("idp") {
		if !there[name] {
			return nil, usageError("--idp: no identity provider %q in the description; there are %s", name, strings.Join(known, ", "))
		}
	}
	if given := c.StringSlice("idp"); len(given) > 0 {
		return given, nil
	}
	return known, nil
}

// hostsOf are the hosts that the description names, as they stand in URLs.
func hostsOf(fed *spec.Federation) []string {
	urls := []string{keystone.CanonicalURL(fed.Keystone.URL.Value)}
	for _, d := range fed.Keystone.Dashboards {
		urls = append(urls, d.Value)
	}
	for _, idp := range fed.IdentityProviders {
		urls = append(urls, idp.Issuer.Value)
	}
	var out []string
	for _, text := range urls {
		if u, err := url.Parse(text); err == nil {
			out = append(out, finding.Printable(u.Host))
		}
	}
	return out
}
