// Package finding holds what fedstone has to say about somebody's input: where it
// is (Range), what is wrong and how to mend it (Finding, Fix), the reporters that
// draw it (text, JSON, SARIF, JUnit, GitHub), and what is known of old (Baseline).
//
// A Finding is a value, never an error: a function that judges input returns a
// List beside its result, and an error only where it could not do its work.
// The package imports nothing of the project. Reporters write what they are
// given and never ask the environment. What a terminal would obey leaves them as
// an escape; JSON and the texts of edits are exact. Secrets are the caller's: no
// message, hint or edit holds one, and TextOptions.Mask hides lines that do.
package finding
