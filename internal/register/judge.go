package register

import (
	"fmt"
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
)

// fault is what no client ought to have. Its slug is that of validate's rule, which
// explains it.
type fault struct {
	slug     string
	severity finding.Severity
	text     string
	hint     string
}

// judge tells what is wrong with a client as it is described and, where that is
// another thing, as the provider has it: a run takes the latter away.
func (p *planner) judge(want Want, have Registration) {
	described := faults(want.Kind, want.Registration)
	for _, f := range described {
		p.list = append(p.list, finding.Finding{Slug: f.slug, Severity: f.severity, At: want.At, Message: fmt.Sprintf("client %s %s", want.ID, f.text), Hint: f.hint})
	}
	for _, f := range faults(want.Kind, have) {
		if !slices.Contains(described, f) {
			p.warn(f.slug, want.At, fmt.Sprintf("at %s, client %s %s; the description does not ask for it", p.Provider, want.ID, f.text), "fedstone register")
		}
	}
}

// faults of a registration, in the order in which a login meets them.
func faults(kind Kind, r Registration) []fault {
	var out []fault
	for _, uri := range r.RedirectURIs {
		out = append(out, redirectFaults(uri)...)
	}
	code := slices.Contains(r.Grants, Code)
	for _, one := range []struct {
		seen bool
		fault
	}{
		{slices.Contains(r.Grants, "implicit"), fault{"implicit-flow-on", finding.Error, "may have tokens sent in an address of the browser (implicit flow)", "leave implicit out of the grants"}},
		{r.Public() && !r.Secret.Empty(), fault{"public-client-with-secret", finding.Warning, "is public and has a secret, which nobody is asked for", "fedstone explain public-client-with-secret"}},
		{!r.Public() && code && slices.Contains(r.Grants, Password), fault{"password-grant-beside-code", finding.Info, "takes people's passwords though it can send them to the provider's own page", "leave password out of the grants"}},
		{kind == RelyingParty && slices.Contains(r.Grants, ClientCredentials), fault{"service-account-on-relying-party", finding.Warning, "is the relying party and has a service account", "give programs a client of their own"}},
	} {
		if one.seen {
			out = append(out, one.fault)
		}
	}
	return out
}

func redirectFaults(uri string) []fault {
	u, err := url.Parse(uri)
	switch {
	case strings.Contains(uri, "*"):
		return []fault{{"redirect-uri-wildcard", finding.Error, "has codes sent to every address that " + shown(uri) + " takes", "name the whole redirect URI"}}
	case err == nil && u.Scheme == "http" && !onLoopback(u.Hostname()):
		return []fault{{"client-redirect-not-https", finding.Error, "has codes sent in the clear to " + shown(uri), "https, or http on loopback"}}
	}
	return nil
}

func onLoopback(host string) bool {
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}
