// Package claims holds rules about what becomes of claims between the module, the mapping and remote_id_attribute.
//
// One rule is one file, with its test configurations in testdata/SLUG. It may
// import what validate/rule and validate/subject may.
package claims

import "github.com/fedstone/fedstone/validate/rule"

// Topic gives the rules.
func Topic() rule.Topic {
	r := newReader()
	return rule.Topic{Name: "claims", Title: "Claims on their way to Keystone", Rules: []rule.Rule{
		// Whether claims come, and under which names.
		claimPrefixEmpty(r),
		claimsNotPassed(r),
		claimsLostInProxy(r),
		claimPrefixDiffers(r),
		claimsInOtherForm(r),
		remoteIDNeverSet(r),
		mappingTypeHeaderDropped(r),
		mappingTypeNeverSet(r),
		claimFilteredOut(r),
		claimScopeNotAsked(r),
		// What their values are.
		claimEncoded(r),
		claimDelimiter(r),
		listIsJSONText(r),
		claimIsBoolean(r),
		claimBeyondLatin1(r),
	}}
}
