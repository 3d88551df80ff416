package main

import (
	"runtime/debug"

	"github.com/fedstone/fedstone/validate/subject"
)

// What judging holds for each byte of a text, measured on large files, and what it
// takes besides, in bytes.
const (
	perHTTPD = 8
	perOther = 40
	besides  = 40 << 20
)

// boundMemory keeps the memory near to what is held, on controllers that have other
// things to do; the function that it gives takes the bound away.
func boundMemory(sites []*subject.Site) (unbound func()) {
	limit := int64(besides)
	for _, s := range sites {
		httpd, other := s.Size()
		limit += perHTTPD*httpd + perOther*other
	}
	before := debug.SetMemoryLimit(limit)
	return func() { debug.SetMemoryLimit(before) }
}
