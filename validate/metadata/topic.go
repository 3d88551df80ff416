// Package metadata holds rules about files by which mod_auth_openidc knows several issuers (OIDCMetadataDir).
//
// One rule is one file, with its test configurations in testdata/SLUG. It may
// import what validate/rule and validate/subject may.
package metadata

import (
	"time"

	"github.com/fedstone/fedstone/validate/rule"
)

// Topic gives the rules.
func Topic() rule.Topic {
	r := newReader()
	return rule.Topic{Name: "metadata", Title: "The metadata directory", Rules: []rule.Rule{
		// Whether the module finds the files, and can read them.
		metadataDirEmpty(r),
		metadataNameWrong(r),
		metadataNotJSON(r),
		metadataClientMissing(r),
		metadataProviderMissing(r),
		metadataLeftovers(r),
		metadataSecretReadable(r),
		metadataRefreshNeedsWrite(r),
		// What an issuer says of itself.
		metadataMemberMissing(r),
		metadataIssuerDiffers(r),
		metadataEndpointMalformed(r),
		metadataEndpointNotHTTPS(r),
		metadataOffersUnusable(r),
		registrationEndpointLeft(r),
		issuersAllowedIncomplete(r),
		issuersAllowedUnanchored(),
		// The client at an issuer.
		metadataClientIDMissing(r),
		metadataClientSecretMissing(r),
		metadataSecretPlaceholder(r),
		metadataSecretExpired(r, time.Now),
		clientSecretIsProgram(r),
		tokenAuthNotOffered(r),
		idTokenAlgNotOffered(r),
		clientRedirectURIDiffers(r),
		clientDirectiveWithoutEffect(r),
		// Settings for one issuer alone.
		confKeyUnknown(r),
		confKeyOfOtherVersion(r),
		confValueType(r),
		confValueUnknown(r),
		confTLSOff(r),
		confIssuerValidationOff(r),
		confScopeNotOffered(r),
		metadataKeyFileMissing(r),
	}}
}
