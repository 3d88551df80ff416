package spec

import (
	"fmt"
	"slices"
	"unicode/utf8"
)

// service judges what a cloud's identity service takes (identity-access-management,
// iam_13_0207, table CreateOpenIDConnectConfig).
func (l *loader) service(f *Federation) {
	l.noOAuth2(f.OAuth2)
	for _, p := range f.IdentityProviders {
		l.serviceProtocol(p.Protocol)
		l.serviceToken(p.Bearer.Token)
		l.length("issuer", p.Issuer, 10, 255)
		l.length("client.id", p.Client.ID, 5, 255)
		l.serviceScopes(p)
	}
}

func (l *loader) serviceProtocol(t Text) {
	switch t.Value {
	case serviceProtocol, "":
	case "saml", "saml2":
		l.fail("protocol", t.At, "protocol "+show(t.Value)+": only OpenID Connect is set up here; the metadata of SAML is uploaded in the service's console", "protocol: oidc")
	default:
		l.fail("protocol", t.At, "protocol "+show(t.Value)+": the service knows OpenID Connect as oidc alone", "protocol: oidc")
	}
}

// serviceToken: there is nothing that would take an access token.
func (l *loader) serviceToken(t Text) {
	if t.Value != "id" && t.Given() {
		l.fail("iam-token", t.At, fmt.Sprintf("bearer.token is %s: the service takes ID tokens alone", t.Value), "token: id")
	}
}

func (l *loader) length(what string, t Text, least, most int) {
	if n := utf8.RuneCountInString(t.Value); t.Given() && (n < least || n > most) {
		l.fail("iam-limit", t.At, fmt.Sprintf("%s has %d characters; the service takes %d to %d", what, n, least, most), "")
	}
}

// serviceScopes: the console asks for these; a login by the API asks for nothing.
func (l *loader) serviceScopes(p IdentityProvider) {
	if p.IAM.AccessMode.Value != AccessByConsole {
		return
	}
	for _, s := range p.Scopes {
		if !slices.Contains([]string{"openid", "email", "profile"}, s.Value) {
			l.fail("iam-scope", s.At, fmt.Sprintf("scopes: the service's console asks for openid, email and profile alone, not for %s", show(s.Value)), "scopes: [openid, email, profile]")
		}
	}
}

// noService: what is for a service alone is refused elsewhere.
func (l *loader) noService(p IdentityProvider) {
	if p.IAM.At.Start.Known() {
		l.fail("iam-key", p.IAM.At, "iam has no meaning on this platform: it is for huawei-iam and otc-iam", "delete it")
	}
}
