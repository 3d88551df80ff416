// Package spec reads federation.yaml, the one description from which fedstone
// renders, applies and probes.
//
// It promises that every value keeps its position, that all errors come in one
// run, and that a Federation without error findings is sound: ids, URLs and
// names may be written into any file without further checks (the writers check
// again all the same). It may import finding, input, secret and platform.
package spec
