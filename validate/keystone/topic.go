// Package keystone holds rules about keystone.conf, and the objects of the live Keystone.
//
// One rule is one file, with its test configurations in testdata/SLUG. It may
// import what validate/rule and validate/subject may.
package keystone

import "github.com/fedstone/fedstone/validate/rule"

// Topic gives the rules.
func Topic() rule.Topic {
	return rule.Topic{Name: "keystone", Title: "Keystone", Rules: []rule.Rule{
		// How keystone.conf is written.
		sectionMisspelt(),
		optionInWrongSection(),
		optionMisspelt(),
		optionSetTwice(),
		valueSwallowsALine(),
		valueWithComment(),
		listWithQuotes(),
		valueWithDollar(),
		confNotASCII(),
		// What runs it.
		keystoneInThreads(),
		// Which logins it takes.
		methodUnknown(),
		methodMissing(),
		methodTokenMissing(),
		methodExternal(),
		methodDriverSet(),
		remoteIDSectionMisspelt(),
		remoteIDAttributeMissing(),
		assertionPrefixHides(),
		authorizationTTLMissing(),
		defaultSchemaVersion(),
		insecureDebugOn(),
		// Where browsers and clients are sent.
		trustedDashboardMissing(),
		trustedDashboardMalformed(),
		trustedDashboardNotHTTPS(),
		trustedDashboardDiffers(),
		callbackTemplateMissing(),
		publicEndpointWithVersion(),
		publicEndpointNotHTTPS(),
		publicEndpointDiffers(),
		proxyHeadersIgnored(),
		// The objects of the live Keystone.
		idpDisabled(),
		idpWithoutRemoteIDs(),
		remoteIDUnknown(),
		remoteIDTooLong(),
		remoteIDAttributeOverruled(),
		mappingMissing(),
		mappingOnCloudDiffers(),
		idpsShareDomain(),
		protocolsShareUsers(),
	}}
}
