package login

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func discoverURLWithoutDirectory(w *view) rule.Rule {
	return rule.Rule{
		Slug:     "discover-url-without-directory",
		Severity: finding.Warning,
		Title:    "OIDCDiscoverURL does nothing where one provider is set",
		Why: "Discovery is for several providers. With OIDCProviderMetadataURL (or OIDCProviderIssuer) the module knows one, sends every browser there and does not read OIDCDiscoverURL: " +
			"the login path of a second issuer leads to the first one's login page.",
		Mend:   "Use `OIDCMetadataDir` with the files of every issuer, and take OIDCProviderMetadataURL and OIDCClientID away.",
		Source: "mod_auth_openidc, src/mod_auth_openidc.c, oidc_authenticate_user",
		Check: func(p *rule.Pass) {
			for _, d := range w.discoveries(p) {
				one := static(d.Vhost)
				if many(d.Vhost) || one == "" || d.Issuer == "" || sameIssuer(one, d.Issuer) {
					continue
				}
				p.On(d.Command, finding.Finding{
					Message: fmt.Sprintf("this line does nothing: the virtual host has one provider, %s, and its logins go there, not to %s", one, d.Issuer),
					Hint:    "OIDCMetadataDir /etc/httpd/oidc",
				}, d.Door)
			}
		},
	}
}

// static gives the issuer of a virtual host that has one provider; "" where it has
// none or several, or where its name cannot be told.
func static(v *subject.Vhost) string {
	if issuer := v.Value("oidcproviderissuer"); issuer != "" {
		return issuer
	}
	address := v.Value("oidcprovidermetadataurl")
	issuer, ok := strings.CutSuffix(address, "/.well-known/openid-configuration")
	if _, err := url.Parse(address); err != nil || !ok {
		return ""
	}
	return issuer
}
