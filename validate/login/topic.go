// Package login holds rules about the browser's way to the issuer and back: redirect URI, discovery, state, cookies.
//
// One rule is one file, with its test configurations in testdata/SLUG. It may
// import what validate/rule and validate/subject may.
package login

import "github.com/fedstone/fedstone/validate/rule"

// Topic gives the rules.
func Topic() rule.Topic {
	return rule.Topic{Name: "login", Title: "Browser logins", Rules: []rule.Rule{
		redirectURITwice(),
		redirectURIIsKeystonePath(),
		redirectURIInAnotherVhost(),
		redirectURIUnprotected(),
		redirectURIUnderOAuth20(),
		redirectURIWithFragment(),
		redirectURINotHTTPS(),
		redirectURIOtherHost(),
		redirectURIFromRequest(),
		redirectURIByAddress(),
		httpsUnknownToHTTPD(),
		webssoAcceptsTokensOnly(),
		discoverURLMissing(),
		discoverURLIssuerMalformed(),
		discoverURLIssuerUnknown(),
		discoverURLNotTheRedirectURI(),
		discoverURLOtherIssuer(),
		discoverURLWithoutDirectory(),
		discoverURLShared(),
		globalWebSSOShowsList(),
		cookiePathNotAboveRedirect(),
		cookieNamePerLocation(),
		cookieReadableByScripts(),
		cookieDomainWide(),
		sameSiteValueUnknown(),
		sameSiteNoneWithoutHTTPS(),
		formPostSameSite(),
		redirectURLsUnanchored(),
		redirectURLsHostOpen(),
		pkceOff(),
		pkceNotSet(),
		pkceMethodNotInherited(),
		pkceMethodNotOffered(),
		responseTypeImplicit(),
		responseTypeNotOffered(),
		requestPromptNone(),
		scopeWithoutOpenID(),
		stateCookiesUnlimited(),
		stateCookiesFull(),
		stateBoundToAddress(),
		stateTimeoutShort(),
		unauthActionByExpression(),
		unauthActionRefusesBrowsers(),
		webssoRedirectsPrograms(),
		defaultURLMissing(),
	}}
}
