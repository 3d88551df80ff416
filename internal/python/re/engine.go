package re

import (
	"fmt"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/dlclark/regexp2"

	"github.com/fedstone/fedstone/internal/python"
)

// engine answers for the strings over one alphabet: ASCII, whose character sets are small, or all.
type engine struct {
	expr     *expr
	alphabet set
	chars    chars
	limit    time.Duration

	goOnce sync.Once
	goRe   *regexp.Regexp // nil: the pattern is none for Go, or Python may hang on it
	goNeed need

	netOnce sync.Once
	netRe   *regexp2.Regexp
	netErr  error
}

// check compiles what a search will ask, so that an error is told early.
func (e *engine) check() error {
	if e.forGo() != nil {
		return nil
	}
	_, err := e.forNet()
	return err
}

func (e *engine) forGo() *regexp.Regexp {
	e.goOnce.Do(func() {
		if e.limit == 0 || !e.expr.mayHang() {
			e.goRe, e.goNeed = forGo(e.expr, e.alphabet)
		}
	})
	return e.goRe
}

func (e *engine) forNet() (*regexp2.Regexp, error) {
	e.netOnce.Do(func() { e.netRe, e.netErr = forNet(e.expr, e.alphabet, e.chars, e.limit) })
	return e.netRe, e.netErr
}

func (e *engine) search(s string) (bool, error) {
	if goRe := e.forGo(); goRe != nil && e.goNeed.met(s) {
		return goRe.MatchString(s), nil
	}
	netRe, err := e.forNet()
	if err != nil {
		return false, err
	}
	found, err := netRe.MatchString(s)
	if err != nil { // its text holds the string, which may be a claim that is nobody's business
		return false, &python.Undecidable{Reason: fmt.Sprintf("no answer within %s: Python hangs on this pattern, too", e.limit)}
	}
	return found, nil
}

func (n need) met(s string) bool {
	return !(n.noLastNewline && strings.HasSuffix(s, "\n")) && !(n.notEmpty && s == "")
}
