// Package dashboard holds rules about Horizon's settings and about clients' clouds.yaml.
//
// One rule is one file, with its test configurations in testdata/SLUG. It may
// import what validate/rule and validate/subject may.
package dashboard

import "github.com/fedstone/fedstone/validate/rule"

// Topic gives the rules.
func Topic() rule.Topic {
	return rule.Topic{Name: "dashboard", Title: "Dashboard and clients", Rules: []rule.Rule{
		// Horizon's settings.
		webssoDisabled(),
		webssoChoicesFlat(),
		webssoMappingNotAPair(),
		webssoChoiceWithoutMapping(),
		webssoMappingSwapped(),
		webssoChoiceWithoutDoor(),
		webssoDoorWithoutChoice(),
		webssoMappingUnused(),
		keystoneUrlInternal(),
		keystoneUrlNotHttps(),
		keystoneUrlWithoutV3(),
		keystoneUrlOtherHost(),
		refererUsed(),
		credentialsChoiceRemoved(),
		initialChoiceUnknown(),
		defaultRedirectProtocolMissing(),
		defaultRedirectRegionMissing(),
		redirectLoop(),
		horizonTlsOff(),
		settingsUndecided(),
		// clouds.yaml.
		cloudsAuthTypeUnknown(),
		cloudsAuthTypeMissing(),
		cloudsOptionUnknown(),
		cloudsOptionMissing(),
		cloudsEndpointMissing(),
		cloudsDiscoveryIsIssuer(),
		cloudsAuthUrl(),
		cloudsUrlNotHttps(),
		cloudsIdpUnknown(),
		cloudsScopeWithoutOpenid(),
		cloudsProjectWithoutDomain(),
		cloudsTlsOff(),
	}}
}
