// Package mapping holds rules about mappings that Keystone refuses, or that do something else than they seem to.
//
// One rule is one file, with its test configurations in testdata/SLUG. It may
// import what validate/rule and validate/subject may, and the mapping engine with
// the Python below it: what a rule says of a text or an expression is theirs.
package mapping

import "github.com/fedstone/fedstone/validate/rule"

// Topic gives the rules. They share what they read of a mapping.
func Topic() rule.Topic {
	r := newReader()
	return rule.Topic{Name: "mapping", Title: "Mapping rules", Rules: []rule.Rule{
		mappingRefused(r), placeholderOutOfRange(r), placeholderOfACondition(r), placeholderNotANumber(r), templateBroken(r),
		groupsUnfiltered(r), groupsWithoutDomain(r), groupNameMisread(r), groupNameLiteral(r), groupJSONBroken(r), groupsInText(r),
		everybodyGetsRights(r), onlyExclusions(r), whitelistIsNoCondition(r), filteredClaimAsUser(r), userNameFromList(r), groupNameFromList(r), userFromDisplayName(r), userFromEmail(r),
		twoRulesNameTheUser(r), ruleTwice(r), projectsReplaced(r), projectWithoutRole(r), nameTooLong(r), localUserIncomplete(r), localUserGetsNothing(r), userShared(r), userMissing(r),
		schemaVersionUnknown(r), schemaVersionIgnored(r), schema2WithoutDomain(r), schema3RemovesGrants(r), groupByID(r),
		listEmpty(r), ruleNeverHolds(r), valueNotText(r), valueWithSemicolon(r), localEmpty(r),
		regexUnanchored(r), regexFlagMissing(r), regexInvalid(r), regexMayHang(r), regexDotUnescaped(r),
		domainEmpty(r), userDomainIgnored(r), domainWithoutEffect(r), issuerTestedInRule(r), typeMisspelt(r), headerTypeWithUnderscore(r), headerOnlyRule(r), emailUnverified(r), nestedClaim(r), duplicateKey(r),
	}}
}
