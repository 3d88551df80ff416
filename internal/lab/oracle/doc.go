// Package oracle is Keystone's own mapping engine as a program to ask: the
// RuleProcessor of a release in a Python process, one question a line. Tests and
// benchmarks hold internal/mapping/engine against it.
//
// It may import internal/lab, which installs the releases. It promises that the
// code that answers is Keystone's, unchanged: only whether an answer was left to
// the order of a set is found out by asking once more with that order turned round.
package oracle
