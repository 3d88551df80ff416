package bearer

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func verificationAddressOfAnotherKind() rule.Rule {
	return rule.Rule{
		Slug:     "verification-address-of-another-kind",
		Severity: finding.Error,
		Title:    "the address is that of another document than the directive wants",
		Why: "`OIDCOAuthVerifyJwksUri` (and `OAuth2TokenVerify jwks_uri`) want the address of the keys, `OIDCOAuthServerMetadataURL` (and " +
			"`metadata`) that of the discovery document. With the one in the place of the other, or the bare issuer, nothing is found that " +
			"could verify a token, and every token gets 401. httpd starts without a word.",
		Mend: "The discovery document is at the issuer with `/.well-known/openid-configuration` behind it; the address of the keys stands in it " +
			"as `jwks_uri`.",
		Source: "OpenID Connect Discovery 1.0 sections 3 and 4; RFC 8414 section 3",
		Check: func(p *rule.Pass) {
			for _, t := range p.Trees {
				for _, c := range t.Commands(jwksURI) {
					reportKind(p, c, subject.Arg(c, 0), false)
				}
				for _, c := range t.Commands(metadataURL) {
					reportKind(p, c, subject.Arg(c, 0), true)
				}
				for _, v := range allVerifies(t) {
					if v.kind == "jwks_uri" || v.kind == "metadata" {
						reportKind(p, v.at, v.value, v.kind == "metadata")
					}
				}
			}
		},
	}
}

// reportKind speaks where a discovery document stands for keys, or the reverse.
func reportKind(p *rule.Pass, at *httpdconf.Command, address string, document bool) {
	u, err := url.Parse(address)
	if err != nil || malformed(address) != "" {
		return
	}
	is := strings.Contains(u.Path, "/.well-known/openid-configuration") || strings.Contains(u.Path, "/.well-known/oauth-authorization-server")
	switch {
	case is && !document:
		p.On(at, finding.Finding{
			Message: fmt.Sprintf("%s is the discovery document, expected the keys (jwks_uri) that it names: every token gets 401", shown(address)),
			Hint:    at.Name + " JWKS-URI",
		})
	case document && !is && !strings.Contains(u.Path, "/.well-known/"):
		p.On(at, finding.Finding{
			Message: fmt.Sprintf("%s is not a discovery document: every token gets 401", shown(address)),
			Hint:    at.Name + " " + strings.TrimSuffix(shown(address), "/") + "/.well-known/openid-configuration",
		})
	}
}
