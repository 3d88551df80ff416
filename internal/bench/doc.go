// Package bench holds the benchmarks that need a peer or the lab beside them:
// each runs the two in turn (A B A B …) and reports both medians and the median
// of the ratios pair by pair, so that a figure holds when the machine's speed
// drifts. `make bench` runs it.
//
// Besides its tests it holds the process that one of them measures (login). It
// may import everything below it, and internal/lab in tests.
package bench
