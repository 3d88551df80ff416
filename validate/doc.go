// Package validate judges what exists: it runs rules over the files of a deployment
// and says what fails, why, where, and what mends it.
//
// One rule is one file of a topic (access, bearer, mapping, …), one slug, one
// folder of test configurations and one section of RULES.md. Topics lists them,
// Run runs them over sites that package subject has read, and joins findings that
// have one cause. Package prove runs the test configurations on the real programs.
//
// It may import what reads configuration, and nothing that writes or asks; the
// live Keystone's objects come to it as values. It promises that every slug that it
// gives can be explained (Explain), and that what cannot be decided is said.
package validate
