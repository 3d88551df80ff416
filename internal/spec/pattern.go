package spec

import (
	"regexp"
	"sync"
)

// pattern is compiled when it is asked for first: what a command does not need
// must not cost every command's start.
func pattern(expr string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}
