// Package login holds rules about the browser's way to the issuer and back: redirect URI, discovery, state, cookies.
//
// One rule is one file, with its test configurations in testdata/SLUG. It may
// import what validate/rule and validate/subject may.
package login

import "github.com/fedstone/fedstone/validate/rule"

// Topic gives the rules.
func Topic() rule.Topic {
	w := new(view)
	return rule.Topic{Name: "login", Title: "Browser logins", Rules: []rule.Rule{
		redirectURITwice(),
		redirectURIIsKeystonePath(w),
		redirectURIInAnotherVhost(w),
		redirectURIUnprotected(w),
		redirectURIUnderOAuth20(w),
		redirectURIWithFragment(w),
		redirectURIPattern(w),
		redirectURINotHTTPS(w),
		redirectURIOtherHost(w),
		redirectURIFromRequest(w),
		redirectURIByAddress(w),
		httpsUnknownToHTTPD(w),
		webssoAcceptsTokensOnly(),
		discoverURLMissing(w),
		discoverURLIssuerMalformed(w),
		discoverURLIssuerUnknown(w),
		discoverURLNotTheRedirectURI(w),
		discoverURLOtherIssuer(w),
		discoverURLWithoutDirectory(w),
		discoverURLShared(w),
		globalWebSSOShowsList(w),
		cookiePathNotAboveRedirect(w),
		cookieNamePerLocation(w),
		cookieReadableByScripts(w),
		cookieDomainWide(w),
		sameSiteValueUnknown(),
		sameSiteNoneWithoutHTTPS(w),
		formPostSameSite(w),
		redirectURLsUnanchored(),
		redirectURLsHostOpen(),
		pkceOff(w),
		pkceNotSet(w),
		pkceMethodNotInherited(w),
		pkceMethodNotOffered(w),
		responseTypeImplicit(w),
		responseTypeNotOffered(w),
		requestPromptNone(),
		scopeWithoutOpenID(w),
		stateCookiesUnlimited(w),
		stateCookiesFull(w),
		stateBoundToAddress(w),
		stateTimeoutShort(w),
		unauthActionByExpression(w),
		unauthActionRefusesBrowsers(w),
		webssoRedirectsPrograms(w),
		defaultURLMissing(w),
	}}
}
