// Package startup holds rules about what keeps httpd from reading its configuration or from starting, which is mostly not told by `httpd -t`.
//
// One rule is one file, with its test configurations in testdata/SLUG. It may
// import what validate/rule and validate/subject may, and httpdconf/walkcheck.
package startup

import "github.com/fedstone/fedstone/validate/rule"

// Topic gives the rules.
func Topic() rule.Topic {
	return rule.Topic{Name: "startup", Title: "Starting httpd", Rules: []rule.Rule{
		unknownDirective(),
		directiveTooNew(),
		directiveRemoved(),
		directiveNotHere(),
		argumentCount(),
		errorDirective(),
		tagWithoutBracket(),
		providerAndMetadataDir(),
		noRedirectUri(),
		clientIdMissing(),
		providerEndpointMissing(),
		noProvider(),
		passphraseMissing(),
		cookieDomainForeign(),
		introspectionAndKeys(),
		resourceServerIncomplete(),
		cacheServerMissing(),
		redisNotBuilt(),
		endpointNotHttps(),
		urlWithoutScheme(),
		valueNotKnown(),
		forwardedHeadersQuoted(),
		valueOutOfRange(),
		namedFolderMissing(),
		namedFileMissing(),
		portNotListened(),
		wsgiProcessGroupUnknown(),
		metadataUrlNotHttps(),
	}}
}
