package report

import (
	"fmt"

	"github.com/fatih/color"

	"github.com/fedstone/fedstone/probe"
)

// tally counts what a summary tells.
type tally struct {
	walks, walksFailed, failed, critical, cells int
}

func tallyOf(f probe.Fleet) tally {
	var t tally
	for _, r := range f {
		for _, p := range r.Providers {
			before := t.failed
			for _, s := range p.Steps {
				t.failed += count(s.Verdict == probe.Fail)
			}
			t.walks++
			t.walksFailed += count(t.failed > before)
		}
		for _, c := range r.Isolation {
			t.cells++
			t.failed += count(c.Verdict == probe.Fail)
			t.critical += count(c.Critical)
		}
	}
	return t
}

func count(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// summary is the last line: what came of the whole.
func summary(f probe.Fleet, opts TextOptions) string {
	t := tallyOf(f)
	switch {
	case f.OK():
		return opts.paint("ok", color.FgGreen) + ": every step passed" + controllers(f) + t.matrix()
	case stopped(f) != "":
		return opts.paint(stopped(f), color.FgYellow) + ": the Keystone tokens were revoked"
	case t.critical > 0:
		return opts.paint("CRITICAL", color.FgRed) + fmt.Sprintf(": %d let in that must be refused; %d failed in all", t.critical, t.failed)
	case t.failed == 0:
		return opts.paint("not proven", color.FgYellow) + ": steps were skipped"
	case t.walksFailed > 1:
		return opts.paint("failed", color.FgRed) + fmt.Sprintf(": %d failed; %s; the first failure of each is the one to mend first", t.failed, failing(f))
	default:
		return opts.paint("failed", color.FgRed) + fmt.Sprintf(": %d failed; the first one is the one to mend first", t.failed)
	}
}

// stopped is why a run ended before its end; "" if none did.
func stopped(f probe.Fleet) string {
	for _, r := range f {
		if r.Stopped != "" {
			return r.Stopped
		}
	}
	return ""
}

func controllers(f probe.Fleet) string {
	if len(f) == 1 {
		return ""
	}
	return fmt.Sprintf(" at %d controllers", len(f))
}

func (t tally) matrix() string {
	if t.cells == 0 {
		return ""
	}
	return fmt.Sprintf(", and all %d cells of the isolation matrix are as they must be", t.cells)
}
