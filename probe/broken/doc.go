// Package broken is the house of broken doors: configurations of httpd, of
// Keystone and of tokens, each wrong in one way, that really run side by side in
// the lab. The diagnosis is judged by what they answer: live, and by recordings
// of it, for which no lab is needed. Only tests import it.
//
// A case says in testdata/cases what is broken, and what the diagnosis has to
// find. What is broken is a door (testdata/doors: a virtual host of its own), a
// Keystone (testdata/keystones: lines for its keystone.conf), rules of a mapping
// (testdata/rules), an object that Keystone lacks, or the token.
//
// It promises that the lab's own httpd and deployment stay as they are, that
// everything it makes in Keystone is gone at the end of the test, and that a
// recording holds no secret, token, cookie value or state.
package broken
