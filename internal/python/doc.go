// Package python is what Keystone's mapping engine gets from Python, for CPython
// 3.9 to 3.13: values and their repr, ast.literal_eval, json.loads, str.format.
//
// What Python would raise is an *Exception; what is left to chance or not
// modelled here is an *Undecidable, never a guess. Text is valid UTF-8; a byte
// that is not stands for the lone surrogate of Python's surrogateescape.
//
// The package imports the standard library alone. It never panics on an input,
// takes time and memory linear in input and result, and keeps no state: every
// value may be used by many goroutines at once. The tests put the same inputs to
// the real programs.
package python
