// Package finding holds what fedstone has to say about somebody's input: where it
// is (Range), what is wrong and how to mend it (Finding), and the reporters that
// draw it.
//
// A Finding is a value, never an error: a function that judges input returns a
// List beside its result, and an error only where it could not do its work.
// The package imports nothing of the project. Reporters write what they are
// given and never ask the environment.
package finding
