package metadata

import (
	"fmt"
	"net/netip"
	"net/url"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func metadataEndpointNotHTTPS(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "metadata-endpoint-not-https",
		Severity: finding.Error,
		Title:    "an endpoint in a .provider file is reached without TLS",
		Why: "Directives of endpoints must be https, and httpd does not start with others; in a metadata directory nothing checks it. Over plain http the code and the client's secret (token endpoint), " +
			"the user's data (userinfo) or the keys (jwks_uri) can be read and replaced on the way: with keys of his own, somebody there logs in as every user.",
		Mend:   "Have the issuer serve https and name it in its discovery document, which behind a proxy is a setting of the issuer (Keycloak: hostname, proxy headers).",
		Source: "OpenID Connect Discovery 1.0, section 3; RFC 6749, section 3.1 and 3.2; mod_auth_openidc, src/metadata.c, oidc_metadata_is_valid_uri (oidc_valid_http_url)",
		Check: r.each(func(p *rule.Pass, i *issuer) {
			for _, key := range append([]string{"issuer"}, endpoints()...) {
				value := textOf(i.Provider, key)
				if !plain(value) {
					continue
				}
				i.on(p, i.Provider, member(i.Provider, key), finding.Finding{
					Message: fmt.Sprintf("%s is %s: without TLS whoever is on the way reads and changes what is said there", key, value),
					Hint:    fmt.Sprintf("%q: %q", key, "https"+value[len("http"):]),
				})
				return
			}
		}),
	}
}

// plain reports whether a URL is http and leaves the machine.
func plain(value string) bool {
	if len(value) < len("http:") || !strings.EqualFold(value[:len("http:")], "http:") {
		return false
	}
	u, err := url.Parse(value)
	if err != nil || u.Hostname() == "" {
		return false
	}
	ip, err := netip.ParseAddr(u.Hostname())
	return u.Hostname() != "localhost" && (err != nil || !ip.IsLoopback())
}
