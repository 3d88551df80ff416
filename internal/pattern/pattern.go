// Package pattern holds regular expressions that cost nothing until they are
// used. It imports nothing of the project.
package pattern

import (
	"regexp"
	"sync"
)

// Lazy is compiled when it is asked for first: what a command does not need must
// not cost every command's start. It panics then where expr is no expression.
func Lazy(expr string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}
