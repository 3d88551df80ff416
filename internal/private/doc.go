// Package private opens and writes files that are the caller's own and nobody else's,
// as secrets and what is kept between runs have to be.
//
// It promises that what it opens is a regular file, reached by no link in its last
// place, that belongs to the caller, and that others may neither read nor write.
// It imports nothing of the project.
package private
