package login

import (
	"net/url"
	"strings"

	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/subject"
)

// discovery is the OIDCDiscoverURL that counts at a door. Its address may be that
// of a page of the operator's own; then it names no issuer.
type discovery struct {
	*party
	Door    *subject.Door
	Command *httpdconf.Command
	To      *url.URL
	Issuer  string // the parameter iss, decoded
	Named   bool   // there is such a parameter
}

// discovery reads what counts at a door; ok is false where nothing does, or where
// that cannot be read.
func (v *party) discovery(d *subject.Door) (found discovery, ok bool) {
	s := d.Setting("OIDCDiscoverURL")
	if len(s.Commands) == 0 || len(s.Undecided) > 0 {
		if len(s.Commands)+len(s.Undecided) == 0 {
			v.Open = append(v.Open, d)
		}
		return discovery{}, false
	}
	found = discovery{party: v, Door: d, Command: s.Commands[len(s.Commands)-1]}
	address := subject.Arg(found.Command, 0)
	if issuer, usual := strings.CutPrefix(address, v.usual); usual && !strings.ContainsAny(issuer, "&#+;") {
		found.Issuer, ok = unescaped(issuer)
		found.To, found.Named = v.URI, true
		return found, ok
	}
	return found, found.read(address)
}

func (d *discovery) read(address string) bool {
	to, err := url.Parse(address)
	if err != nil || address == "" {
		return false
	}
	values := to.Query()
	_, d.Named = values["iss"]
	d.To, d.Issuer = to, values.Get("iss")
	return true
}

func unescaped(text string) (string, bool) {
	out, err := url.QueryUnescape(text)
	return out, err == nil
}

// ours reports whether the address is the redirect URI.
func (d discovery) ours() bool { return d.To.Path == d.URI.Path }

// discoverLine is the directive that sends a browser straight to an issuer.
func (v *party) discoverLine(issuer string) string {
	u := *v.URI
	u.RawQuery = "iss=" + url.QueryEscape(issuer)
	return "OIDCDiscoverURL " + u.String()
}

// issuerOf gives the one issuer that a door's Require lines want; "" where they
// leave it open.
func issuerOf(d *subject.Door) string {
	values, exact := d.Require().Claims("iss")
	if exact && len(values) == 1 {
		return values[0]
	}
	return ""
}

// sameIssuer compares as the module does for a provider's file: a final slash may be
// missing.
func sameIssuer(a, b string) bool {
	return strings.TrimSuffix(a, "/") == strings.TrimSuffix(b, "/")
}
