package main

import (
	"net/http"
	"regexp"
	"testing"
	"time"
)

// An issuer that asks for a pause has it, and is asked again after it.
func TestProbeWatchPauses(t *testing.T) {
	c, op, _ := describedCaller(t)
	op.Handle("/token", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "3")
		w.WriteHeader(http.StatusTooManyRequests)
	})
	r, h := c.probing("--listen", "127.0.0.1:0")
	on := h.next(t, 0, `"failed_step":"token"`)
	scraped(t, h, `fedstone_probe_paused{identity_provider="corp"} 1`)
	h.next(t, on, `"run":2`)
	times := regexp.MustCompile(`"time":"([^"]+)"`).FindAllStringSubmatch(h.String(), 2)
	first, bad := time.Parse(time.RFC3339, times[0][1])
	second, worse := time.Parse(time.RFC3339, times[1][1])
	if bad != nil || worse != nil || second.Sub(first) < 3*time.Second {
		t.Errorf("runs began at %s and %s, want 3 s between them", first, second)
	}
	if n := op.Asked("/token"); n != 2 {
		t.Errorf("%d logins, want one before the pause and one after it", n)
	}
	scraped(t, h, "fedstone_probe_runs_total 2")
	r.ended(t, h)
}
