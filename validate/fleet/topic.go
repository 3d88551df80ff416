// Package fleet holds rules about machines of one cloud that differ where they must not.
//
// One rule is one file, with its test configurations in testdata/SLUG. It may
// import what validate/rule and validate/subject may.
package fleet

import "github.com/fedstone/fedstone/validate/rule"

// Topic gives the rules.
func Topic() rule.Topic {
	return rule.Topic{Name: "fleet", Title: "Several controllers", Rules: []rule.Rule{
		passphraseDiffers(),
		passphraseGenerated(),
		moduleVersionsDiffer(),
		sessionCacheLocal(),
		cacheServersDiffer(),
		redirectURIDiffers(),
		clientDiffers(),
		metadataDiffers(),
		vhostMissing(),
		doorsDiffer(),
		requirementsDiffer(),
		mappingFilesDiffer(),
		keystoneConfDiffers(),
		dashboardDiffers(),
		directivesDiffer(),
	}}
}
