package login

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func discoverURLNotTheRedirectURI(w *view) rule.Rule {
	return rule.Rule{
		Slug:     "discover-url-not-the-redirect-uri",
		Severity: finding.Error,
		Title:    "OIDCDiscoverURL with an issuer does not lead to the redirect URI",
		Why: "`iss=` is understood at the redirect URI of the virtual host and nowhere else. At any other path the request goes on to Keystone or meets a deny rule, and no login begins. " +
			"It happens when OIDCRedirectURI was moved and the Locations were not.",
		Mend:   "Write the value of OIDCRedirectURI, `?iss=` and the percent-encoded issuer.",
		Source: "mod_auth_openidc, src/mod_auth_openidc.c, oidc_handle_redirect_uri_request",
		After:  []string{"redirect-uri-twice"},
		Check: func(p *rule.Pass) {
			for _, d := range w.discoveries(p) {
				if !d.Named || !many(d.Vhost) {
					continue
				}
				what := d.elsewhere()
				if what == "" {
					continue
				}
				_, query, _ := strings.Cut(d.To.String(), "?")
				to := d.URI.String() + "?" + query
				p.On(d.Command, finding.Finding{
					Message: what,
					Hint:    "OIDCDiscoverURL " + to,
					Fix:     subject.Write(d.Command, 0, to),
				}, d.Door, d.Vhost)
			}
		},
	}
}

// elsewhere says where the address leads, if not to the redirect URI.
func (d discovery) elsewhere() string {
	switch {
	case !d.ours():
		return fmt.Sprintf("%s is not the redirect URI %s: iss is not understood there, and no login begins", d.To.Path, d.path())
	case d.To.Host != "" && d.URI.Host != "" && !strings.EqualFold(d.To.Host, d.URI.Host):
		return fmt.Sprintf("OIDCDiscoverURL leads to %s, but the redirect URI is on %s", d.To.Host, d.URI.Host)
	case d.To.Scheme == "http" && d.URI.Scheme == "https":
		return "OIDCDiscoverURL is http, but the redirect URI is https"
	}
	return ""
}
