package probe

import (
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/fedstone/fedstone/internal/keystone"
)

// Each step tells what it asked and how long each part took, without a query.
func TestRequests(t *testing.T) {
	c := newCloud(t, "corp")
	r := run(t, c, c.options(t))
	var asked []string
	last := time.Duration(0)
	for _, s := range r.Providers[0].Steps {
		for _, q := range s.Requests {
			asked = append(asked, s.Name+" "+q.Method+" "+c.nameless(q.URL))
			if q.Status == 0 || q.Start < last || q.First == 0 || q.Done < q.First || strings.Contains(q.URL, "?") {
				t.Errorf("%s: %+v", s.Name, q)
			}
			last = q.Start
		}
	}
	for _, want := range []string{"reach GET https://keystone.test/v3", "jwks GET https://corp.test/jwks", "exchange POST https://keystone.test" + authPath("corp")} {
		if !slices.Contains(asked, want) {
			t.Errorf("%s is missing in %q", want, asked)
		}
	}
	if first := r.Providers[0].Steps[0].Requests[0]; first.TCP == 0 || first.TLS < first.TCP || first.First < first.TLS {
		t.Errorf("the first request opens a connection: %+v", first)
	}
}

func TestSeen(t *testing.T) {
	c := newCloud(t, "corp")
	seen := run(t, c, c.options(t)).Providers[0].Seen
	hour := time.Now().Add(time.Hour)
	if seen.TokenExpires.Before(time.Now()) || seen.TokenExpires.After(hour) || seen.KeystoneExpires.Before(time.Now()) || seen.KeystoneExpires.After(hour) {
		t.Errorf("expiries %+v", seen)
	}
	if len(seen.KeyIDs) == 0 || len(seen.Certificates) != 2 || seen.Certificates[0].NotAfter.Before(time.Now()) {
		t.Errorf("%+v", seen)
	}
}

// However many providers there are, no more than the slots are asked at a time,
// and the result keeps the description's order.
func TestSlots(t *testing.T) {
	names := []string{"e", "d", "c", "b", "a"}
	c := newCloud(t, names...)
	var now, most atomic.Int32
	for _, name := range names {
		c.at(authPath(name), func(w http.ResponseWriter, r *http.Request) {
			most.Store(max(most.Load(), now.Add(1)))
			time.Sleep(20 * time.Millisecond)
			c.httpd(w, r)
			now.Add(-1)
		})
	}
	opts := c.options(t)
	opts.Slots = NewSlots(2)
	r := run(t, c, opts)
	if !r.OK() || most.Load() != 2 {
		t.Errorf("at most %d at a time, want 2: %s", most.Load(), told(r))
	}
	for i, p := range r.Providers {
		if p.ID != names[i] {
			t.Errorf("provider %d is %s, want %s", i, p.ID, names[i])
		}
	}
	c.expectAllRevoked(t)
}

// A step that takes too long is a verdict of its own, and the rest goes on.
func TestStepLimit(t *testing.T) {
	c := newCloud(t, "corp")
	c.ops["corp"].Handle("/jwks", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	opts := c.options(t)
	opts.StepLimit = 300 * time.Millisecond
	r := run(t, c, opts)
	if s := stepOf(t, r, "jwks"); s.Verdict != Fail || s.AnsweredBy != keystone.ByNobody || !strings.Contains(s.Cause, "in time") || s.Took > 2*time.Second {
		t.Errorf("%+v", s)
	}
	if s := stepOf(t, r, "exchange"); s.Verdict != Pass {
		t.Errorf("%+v", s)
	}
	c.expectAllRevoked(t)
}
