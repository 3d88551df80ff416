// Package suite tests mappings: it reads what tests say of logins, asks the
// engine what Keystone makes of each, and reports how that differs from what was
// wanted, why, and which parts of the rules no test reaches.
//
// Tests stand in a federation.yaml (tests: of an identity provider) or in a
// *.test.yaml for a mapping written by hand. A Plan holds all that was read and
// every finding about it; a Report holds what came of a run. It may import
// mapping and what mapping may. It promises that one test never changes what
// another gives, and that a report is the same on every run but for its times.
package suite
