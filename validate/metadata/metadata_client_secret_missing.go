package metadata

import (
	"slices"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func metadataClientSecretMissing(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "metadata-client-secret-missing",
		Severity: finding.Warning,
		Title:    "a .client file has no client_secret",
		Why: "Without a secret the module cannot show the issuer that it is the client: an issuer that has a secret for it answers the exchange of the code with `invalid_client`, after the user has logged in. " +
			"Only a client that the issuer has as a public one, or that signs with a key or a certificate, does without.",
		Mend:   "Write the secret; or say how the client does without, as `\"token_endpoint_auth\": \"private_key_jwt\"` in the `.conf`.",
		Source: "mod_auth_openidc, src/metadata.c, oidc_metadata_client_is_valid; RFC 6749, section 2.3.1",
		After:  []string{"metadata-client-id-missing"},
		Check: r.each(func(p *rule.Pass, i *issuer) {
			if !object(i.Client) || textOf(i.Client, "client_secret") != "" || i.withoutSecret() {
				return
			}
			i.on(p, i.Client, member(i.Client, "client_secret"), finding.Finding{
				Message: "client_secret is missing: " + i.name() + " refuses the exchange of the code, unless it has this client as a public one",
				Hint:    `"client_secret": "SECRET"`,
			})
		}),
	}
}

// withoutSecret reports whether the client shows itself by other means, or the issuer
// knows clients that show nothing.
func (i *issuer) withoutSecret() bool {
	method := i.authMethod()
	offered, _ := listOf(i.Provider, "token_endpoint_auth_methods_supported")
	return method != "" && method != "client_secret_basic" && method != "client_secret_post" && method != "client_secret_jwt" ||
		slices.Contains(offered, "none") || textOf(i.Conf, "token_endpoint_tls_client_cert") != "" || i.setsElsewhere("oidcproviderauth", "oidcprovidertokenendpointauth")
}

// authMethod gives how the client shows itself at the token endpoint; "" is left to
// what the issuer offers. What the .client file says wins.
func (i *issuer) authMethod() string {
	if method := textOf(i.Client, "token_endpoint_auth_method"); method != "" {
		return method
	}
	return textOf(i.Conf, "token_endpoint_auth")
}

// setsElsewhere reports whether a virtual host that uses the folder has one of the
// directives.
func (i *issuer) setsElsewhere(keys ...string) bool {
	for _, v := range i.Folder.Vhosts {
		for _, key := range keys {
			if v.Command(key) != nil {
				return true
			}
		}
	}
	return false
}
