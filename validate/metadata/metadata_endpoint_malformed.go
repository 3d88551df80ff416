package metadata

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func metadataEndpointMalformed(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "metadata-endpoint-malformed",
		Severity: finding.Error,
		Title:    "an endpoint in a .provider file is no address",
		Why: "The module wants each endpoint as a whole URL with http or https and a host. One that is a path, or has lost its scheme, makes the whole file count for nothing: the module logs \"not a valid http URL\" and refuses the login before it leaves for the issuer, " +
			"even where the endpoint is not needed.",
		Mend:   "Write the whole URL, as the issuer's discovery document has it.",
		Source: "mod_auth_openidc, src/metadata.c, oidc_metadata_is_valid_uri",
		Check: r.each(func(p *rule.Pass, i *issuer) {
			for _, key := range endpoints() {
				value := textOf(i.Provider, key)
				if value == "" || whole(value) {
					continue
				}
				i.on(p, i.Provider, member(i.Provider, key), finding.Finding{
					Message: fmt.Sprintf("%s is %q, expected a whole https URL: the module refuses the file", key, value),
					Hint:    fmt.Sprintf("curl -sf %s/.well-known/openid-configuration | python3 -m json.tool | grep %s", i.URL, key),
				})
			}
		}),
	}
}

// endpoints are the members that the module checks when it reads the file.
func endpoints() []string {
	return []string{"authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri"}
}

// whole reports whether a text is a URL with http or https and a host.
func whole(value string) bool {
	u, err := url.Parse(value)
	return err == nil && (strings.EqualFold(u.Scheme, "http") || strings.EqualFold(u.Scheme, "https")) && u.Hostname() != ""
}
