// Package compat keeps what was seen when the whole matrix ran on releases of the programs: which versions they were, and
// what each way to check bearer tokens let in. `make test-matrix` runs it, and writes docs/compatibility.json and, from
// that, docs/compatibility.md.
//
// It imports the standard library alone. Only its tests import other rooms.
package compat
