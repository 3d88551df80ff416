package report

import (
	"strings"
	"time"

	"github.com/fedstone/fedstone/probe"
)

// pair is a word and what stands for it.
type pair struct{ Key, Text string }

// Verdict is how the walk ended.
func (w walkView) Verdict() probe.Verdict {
	if s := w.Provider.Decisive(); s != nil {
		return s.Verdict
	}
	return probe.Pass
}

// First reports whether there is a step to look at first.
func (w walkView) First() bool { return w.Provider.Decisive() != nil }

// Facts are what the walk has seen besides the steps.
func (w walkView) Facts() []pair {
	var out []pair
	add := func(key, text string) {
		if text != "" {
			out = append(out, pair{key, text})
		}
	}
	add("projects", strings.Join(w.Projects, ", "))
	add("the issuer's token ends", date(w.Seen.TokenExpires))
	add("Keystone's token ends", date(w.Seen.KeystoneExpires))
	add("the issuer's keys", strings.Join(w.Seen.KeyIDs, ", "))
	for _, c := range w.Seen.Certificates {
		add("certificate of "+c.Host, "ends "+date(c.NotAfter))
	}
	return out
}

func date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2006-01-02 15:04:05 UTC")
}
