// Package keystonetest is a Keystone in memory, for tests that need faults: a
// server on loopback that answers as much of the identity API as apply uses.
//
// Only tests import it. What it answers is held against the real program: the
// scenarios of internal/apply run on both.
package keystonetest
