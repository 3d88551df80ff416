// Package engine is Keystone's mapping engine: what its RuleProcessor makes of a
// login (keystone/federation/utils.py), offline, and why.
//
// A Document is a mapping as Keystone stores it, with the place of every value.
// A Processor applies it under the rules of one release, one schema version and
// one Python. An Outcome is what RuleProcessor.process returns, or the exception
// that leaves it, or Undecidable: what Keystone itself leaves to chance, such as
// the order of a set, is never given as a value.
//
// It may import finding, platform and python. It promises that every outcome
// equals Keystone's; a test asks the real RuleProcessor of several releases.
package engine
