package probe

import (
	"fmt"
	"time"

	"github.com/fatih/color"
)

// first gives the step that tells how the walk ended: the first that failed,
// which is the one to mend first, else the first that was skipped and matters; nil
// where all passed.
func (p Provider) first() *Step {
	var skipped *Step
	for i, s := range p.Steps {
		switch {
		case s.Verdict == Fail:
			return &p.Steps[i]
		case s.Verdict == Skip && !s.Moot && skipped == nil:
			skipped = &p.Steps[i]
		}
	}
	return skipped
}

// took is how long the provider's walk was, less what it waited for its turn.
func (p Provider) took() time.Duration {
	if len(p.Steps) == 0 {
		return 0
	}
	return p.ended() - p.Steps[0].Start
}

// tally counts what a summary tells.
type tally struct {
	walks, walksFailed, failed, critical, cells int
}

func (f Fleet) tally() tally {
	var t tally
	for _, r := range f {
		for _, p := range r.Providers {
			before := t.failed
			for _, s := range p.Steps {
				t.failed += count(s.Verdict == Fail)
			}
			t.walks++
			t.walksFailed += count(t.failed > before)
		}
		for _, c := range r.Isolation {
			t.cells++
			t.failed += count(c.Verdict == Fail)
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
func (f Fleet) summary(opts TextOptions) string {
	t := f.tally()
	switch {
	case f.OK():
		return opts.paint("ok", color.FgGreen) + ": every step passed" + f.controllers() + t.matrix()
	case f.stopped() != "":
		return opts.paint(f.stopped(), color.FgYellow) + ": the Keystone tokens were revoked"
	case t.critical > 0:
		return opts.paint("CRITICAL", color.FgRed) + fmt.Sprintf(": %d let in that must be refused; %d failed in all", t.critical, t.failed)
	case t.failed == 0:
		return opts.paint("not proven", color.FgYellow) + ": steps were skipped"
	case t.walksFailed > 1:
		return opts.paint("failed", color.FgRed) + fmt.Sprintf(": %d failed; %s; the first failure of each is the one to mend first", t.failed, f.failing())
	default:
		return opts.paint("failed", color.FgRed) + fmt.Sprintf(": %d failed; the first one is the one to mend first", t.failed)
	}
}

// stopped is why a run ended before its end; "" if none did.
func (f Fleet) stopped() string {
	for _, r := range f {
		if r.Stopped != "" {
			return r.Stopped
		}
	}
	return ""
}

func (f Fleet) controllers() string {
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
