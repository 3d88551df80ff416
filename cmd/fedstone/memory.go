package main

import (
	"os"
	"runtime/debug"
)

// seldom is how much garbage may lie beside what is in use before it is collected,
// in percent.
const seldom = 300

// collectSeldom is for a command that builds up what it needs and then ends: of
// 10 000 identity providers a quarter of its time went to looking through memory of
// which nearly all is in use. What GOGC asks for stands.
func collectSeldom() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(seldom)
	}
}
