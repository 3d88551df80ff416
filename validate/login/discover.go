package login

import (
	"net/url"
	"strings"

	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

// discovery is the OIDCDiscoverURL that counts at a door. Its address may be that
// of a page of the operator's own; then it names no issuer.
type discovery struct {
	party
	Door    *subject.Door
	Command *httpdconf.Command
	To      *url.URL
	Issuer  string // the parameter iss, decoded
	Named   bool   // there is such a parameter
}

// discoveries gives those of all logins that have one.
func discoveries(p *rule.Pass) []discovery {
	var out []discovery
	for _, v := range parties(p) {
		for _, d := range v.logins() {
			if found, ok := v.discovery(d); ok {
				out = append(out, found)
			}
		}
	}
	return out
}

func (v party) discovery(d *subject.Door) (discovery, bool) {
	s := d.Setting("OIDCDiscoverURL")
	if len(s.Commands) == 0 || len(s.Undecided) > 0 {
		return discovery{}, false
	}
	c := s.Commands[len(s.Commands)-1]
	to, err := url.Parse(subject.Arg(c, 0))
	if err != nil {
		return discovery{}, false
	}
	values := to.Query()
	_, named := values["iss"]
	return discovery{v, d, c, to, values.Get("iss"), named}, true
}

// ours reports whether the address is the redirect URI.
func (d discovery) ours() bool { return d.To.Path == d.URI.Path }

// discoverLine is the directive that sends a browser straight to an issuer.
func (v party) discoverLine(issuer string) string {
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
