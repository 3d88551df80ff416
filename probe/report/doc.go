// Package report draws the runs of probe: as text for a person at a terminal, as
// JSON of version 1, as JUnit for a pipeline, and as one page of HTML.
//
// It promises that the same runs give the same bytes, that nothing in a run, which
// may hold what a server made up, becomes markup, an escape of a terminal or a
// turned line, and that the page asks nobody for anything and runs no script. It
// judges nothing: each verdict is that of the run.
//
// It may import probe, finding and keystone.
package report
