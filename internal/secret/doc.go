// Package secret holds values that must never be shown, and takes them out of
// texts that will be.
//
// A Value prints as REDACTED through every way Go has of printing; only Reveal
// gives it away, so that each place that uses a secret can be found by that
// name. A Redactor masks known secrets and everything shaped like a token.
// The package imports nothing of the project.
package secret
