// Package compare looks for a login on which two mappings differ, for whoever
// reviews a change before it is applied.
//
// The values that the rules name, and some that they do not, fall into classes
// that every requirement of both mappings treats alike. Where the combinations of
// classes are few all of them are tried; else those that rules point at, all
// pairs, and a sample that is the same on every run. What was not tried, or could
// not be decided, is part of the result: no difference found is not equality.
//
// It may import finding, python and mapping/engine.
package compare
