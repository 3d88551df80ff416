// Package access holds rules about who gets through to Keystone: AuthType, Require, and the paths of the federation that must be closed.
//
// One rule is one file, with its test configurations in testdata/SLUG. It may
// import what validate/rule and validate/subject may.
package access

import "github.com/fedstone/fedstone/validate/rule"

// Topic gives the rules.
func Topic() rule.Topic {
	return rule.Topic{Name: "access", Title: "Protected paths", Rules: []rule.Rule{
		// What httpd refuses to start with.
		requireMisspelt(),
		emptyRequireContainer(),
		requireOnlyNegative(),
		// Which sections hold for which path.
		locationIsNoPath(),
		locationMistyped(),
		locationOutsideOfMount(),
		locationEndsInSlash(),
		locationMissesSlash(),
		locationPatternUnescaped(),
		locationPatternUnanchored(),
		patternOpensEveryProvider(),
		deniedByMistake(),
		doorTwice(),
		doorOverruled(),
		includeNotRead(),
		includeMisplaced(),
		// What is asked at a path that is named.
		authtypeWithoutRequire(),
		requireWithoutAuthtype(),
		unknownAuthType(),
		authTypeWithoutModule(),
		authPathForBrowsersOnly(),
		doorGranted(),
		authMergingOpens(),
		satisfyAny(),
		requireForSomeMethods(),
		unauthenticatedPass(),
		issuerCheckVoid(),
		claimCheckVoid(),
		claimPatternUnanchored(),
		claimNameAmbiguous(),
		issuerNotKnown(),
		webssoWithoutIssuer(),
		loginDeadEnd(),
		protectionUndecided(),
		// What becomes of all other paths, and of what clients make up.
		federationPathUnprotected(),
		federationPathsNotClosed(),
		denyNotForEverySpelling(),
		vhostWithoutFederation(),
		doorWithoutProvider(),
		providerWithoutDoor(),
		claimsForgeable(),
		headerUnsetNotEarly(),
		headerUnsetInLocation(),
	}}
}
