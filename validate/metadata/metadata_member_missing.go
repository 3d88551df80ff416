package metadata

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func metadataMemberMissing(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "metadata-member-missing",
		Severity: finding.Error,
		Title:    "a .provider file lacks what a login needs",
		Why: "The module refuses a file without a text `issuer` or `authorization_endpoint` when a login begins. Without `token_endpoint` it cannot exchange the code, and without `jwks_uri` it cannot check the ID token's signature: those logins fail after the user has given a password. " +
			"Such files are written by hand, or are the document of an authorization server that is no OpenID Provider.",
		Mend:   "Fetch the issuer's discovery document anew.",
		Source: "mod_auth_openidc, src/metadata.c, oidc_metadata_provider_is_valid; OpenID Connect Discovery 1.0, section 3",
		After:  []string{"metadata-not-json"},
		Check: r.each(func(p *rule.Pass, i *issuer) {
			if !object(i.Provider) {
				return
			}
			var missing []string
			for _, key := range i.needs() {
				if textOf(i.Provider, key) == "" {
					missing = append(missing, key)
				}
			}
			if len(missing) == 0 {
				return
			}
			i.on(p, i.Provider, nil, finding.Finding{
				Message: fmt.Sprintf("%s: no login at %s succeeds without", strings.Join(missing, " and ")+areMissing(missing), i.name()),
				Hint:    fmt.Sprintf("curl -sf %s/.well-known/openid-configuration -o %s", i.URL, shell(i.Folder.Path+"/"+i.Provider.Name)),
			})
		}),
	}
}

// needs gives the members that a login must have. A signature with the client's secret
// needs no keys, and a response type without a code no token endpoint.
func (i *issuer) needs() []string {
	needs := []string{"issuer", "authorization_endpoint"}
	if kind := i.responseType(); kind == "" || strings.Contains(kind, "code") {
		needs = append(needs, "token_endpoint")
	}
	alg := textOf(i.Client, "id_token_signed_response_alg") + textOf(i.Conf, "id_token_signed_response_alg")
	if textOf(i.Provider, "signed_jwks_uri") == "" && !strings.HasPrefix(alg, "HS") && !i.setsElsewhere("oidcproviderjwksuri", "oidcproviderverifycertfiles", "oidcprovidersignedjwksuri") {
		needs = append(needs, "jwks_uri")
	}
	return needs
}

// responseType gives what is asked of the issuer; "" for the default, code.
func (i *issuer) responseType() string {
	if own := textOf(i.Conf, "response_type"); own != "" {
		return own
	}
	for _, v := range i.Folder.Vhosts {
		if value := v.Value("oidcresponsetype"); value != "" {
			return value
		}
	}
	return ""
}

func areMissing(names []string) string {
	if len(names) == 1 {
		return " is missing"
	}
	return " are missing"
}
