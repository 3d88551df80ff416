package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

// release is set by the linker (-X main.release=v1.2.3); go install leaves it
// empty, and the module's own version is taken.
var release string

func version() string {
	v := release
	if info, ok := debug.ReadBuildInfo(); v == "" && ok {
		v = info.Main.Version
	}
	if v == "" {
		v = "(devel)"
	}
	return fmt.Sprintf("%s %s %s/%s", v, runtime.Version(), runtime.GOOS, runtime.GOARCH)
}
