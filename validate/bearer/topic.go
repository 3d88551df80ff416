// Package bearer holds rules about how tokens are verified on the REST path: by mod_auth_openidc as a resource server, and by mod_oauth2.
//
// One rule is one file, with its test configurations in testdata/SLUG. It may
// import what validate/rule and validate/subject may.
package bearer

import "github.com/fedstone/fedstone/validate/rule"

// Topic gives the rules.
func Topic() rule.Topic {
	return rule.Topic{Name: "bearer", Title: "Bearer tokens", Rules: []rule.Rule{
		requireProviderNotLoaded(), requireClaimOfTheOtherModule(),
		bearerWithoutVerification(), oauth2ModuleTakesTheToken(),
		verificationSetTwice(), verificationAddressMalformed(), verificationAddressOfAnotherKind(),
		verificationOverHTTP(), oauthTLSOff(), oauth2TLSOff(), tlsSwitchOfTheOtherRole(),
		keysOfSeveralIssuers(), oneKeySetForSeveralIssuers(), keysOfAnotherIssuer(), verifyIssuerDiffers(), keysAreStatic(), keyWithoutID(), sharedKeyShort(),
		introspectionAtUserinfo(), introspectionClientMissing(), introspectionByGet(), tokenExpiryOptional(), tokenInErrorLog(), verdictsSharedBetweenVhosts(),
		issuerNotRequired(), audienceNotRequired(), audienceOfEveryClient(), audienceDirectiveMissing(),
		oauth2OptionIgnored(), oauth2IssuerRefusesAll(), oauth2IssuerNotRequired(), oauth2AudienceNotRequired(), oauth2ClaimPattern(),
		oauth2KeysOfSeveralIssuers(), oauth2CacheShared(), oauth2CacheNotDefined(), oauth2ClaimsPrefix(),
		tokenHeaderNotTaken(), tokenTakenFromQuery(), headerLimitOfAnotherVhost(), headerLimitLowerBehindProxy(), headerLimitTooLow(), remoteUserDiffers(),
	}}
}
