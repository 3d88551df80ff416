package report

import (
	"fmt"
	"strings"
	"time"

	"github.com/fedstone/fedstone/probe"
)

// verdict is what a page says first.
type verdict struct {
	Word  string // ok, failed, unproven
	Title string // the word as it is read
	Text  string
}

func verdictOf(f probe.Fleet) verdict {
	t, list := tallyOf(f), failures(f)
	switch {
	case f.OK():
		return verdict{"ok", "passed", "Every step passed" + controllers(f) + t.matrix()}
	case t.critical > 0:
		return verdict{"failed", "critical", fmt.Sprintf("%s let in that must be refused", counted(t.critical, "token was", "tokens were"))}
	case t.walksFailed == 1:
		return verdict{"failed", "failed", fmt.Sprintf("%s fails at %s", list[0].Provider.ID, refusedAt(list[0].Step))}
	case t.walksFailed > 0:
		return verdict{"failed", "failed", failing(f)}
	case t.failed > 0:
		return verdict{"failed", "failed", fmt.Sprintf("%s of the isolation matrix failed", counted(t.failed, "cell", "cells"))}
	case stopped(f) != "":
		return verdict{"unproven", "stopped", "Stopped before its end: " + stopped(f)}
	}
	return verdict{"unproven", "not proven", "Nothing failed, and steps were skipped"}
}

// mostNamed is how many providers a heading names.
const mostNamed = 3

// failing names the providers that fail, and at which step.
func failing(f probe.Fleet) string {
	var named []string
	told := map[string]bool{}
	for _, one := range failures(f) {
		if one.Step.Verdict == probe.Fail && !told[one.Provider.ID] {
			told[one.Provider.ID] = true
			named = append(named, one.Provider.ID+" at "+one.Step.Name)
		}
	}
	if more := len(named) - mostNamed; more > 0 {
		named = append(named[:mostNamed], fmt.Sprintf("and %d more", more))
	}
	return fmt.Sprintf("%d of %s: %s", len(told), counted(len(ids(f)), "identity provider fails", "identity providers fail"), strings.Join(named, ", "))
}

// chips are the numbers below the verdict.
func chips(f probe.Fleet) []string {
	t := tallyOf(f)
	out := []string{counted(len(ids(f)), "identity provider", "identity providers")}
	if len(f) > 1 || len(f) == 1 && f[0].Controller != "" {
		out = append(out, counted(len(f), "controller", "controllers"))
	}
	if t.cells > 0 {
		out = append(out, counted(t.cells, "cell of the isolation matrix", "cells of the isolation matrix"))
	}
	if t.failed > 0 {
		out = append(out, fmt.Sprintf("%d failed in all", t.failed))
	}
	return append(out, "took "+short(longest(f)))
}

// longest is how long the longest run was.
func longest(f probe.Fleet) time.Duration {
	var longest time.Duration
	for _, r := range f {
		for _, p := range r.Providers {
			longest = max(longest, p.Ended())
		}
	}
	return longest
}

func counted(n int, one, more string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, more)
}

// short writes a time as a person reads it.
func short(d time.Duration) string {
	switch {
	case d >= 10*time.Second:
		return fmt.Sprintf("%.0f s", d.Seconds())
	case d >= time.Second:
		return fmt.Sprintf("%.1f s", d.Seconds())
	case d >= 10*time.Millisecond:
		return fmt.Sprintf("%d ms", d.Milliseconds())
	}
	return fmt.Sprintf("%.1f ms", float64(d.Microseconds())/1e3)
}
