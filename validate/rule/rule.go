package rule

import "github.com/fedstone/fedstone/internal/finding"

// Rule is one thing that validate knows to be wrong.
//
// Slug is its name in kebab-case, also of its file and of its test folder. Severity
// is that of its findings: Error where it fails or is insecure, Warning where it
// will bite, Info where it is worth knowing. Title is one line, lower case, without
// a final period. Why and Mend are Markdown for RULES.md and `fedstone explain`.
// Source names what the fact rests on: a file of httpd, mod_auth_openidc or
// Keystone, an RFC section.
type Rule struct {
	Slug     string
	Severity finding.Severity
	Title    string
	Why      string
	Mend     string
	Source   string

	// After are the slugs of rules that explain this one: where one of them reports
	// about the same thing, this rule's finding becomes a related place of that one.
	After []string

	// Check judges one site; Fleet judges all sites of a run together. A rule has one
	// of them.
	Check func(*Pass)
	Fleet func(*FleetPass)
}

// Topic is a set of rules about one part of a deployment.
type Topic struct {
	Name  string // its folder: access, bearer, mapping …
	Title string // for people
	Rules []Rule
}
