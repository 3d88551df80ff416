// Package kept remembers of a run of `fedstone render` what it was made from and
// what came of it, so that a later --check of the same need not render again.
//
// A Run is believed for one thing only: that nothing has changed. It names every
// source that the run read and every file that it wrote, each by a digest; whoever
// asks reads all of them. Where anything differs, or is in doubt, the answer is
// found the long way. The digests are salted: short secrets are among what they
// are made of. See docs/adr/0016-kept.md.
package kept
