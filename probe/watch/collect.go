package watch

import (
	"runtime"
	"slices"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"github.com/fedstone/fedstone/probe"
)

// collector shows a Record, as it is at the time of a scrape: no scrape sees half
// of a run.
type collector struct {
	*metrics
	record  *Record
	release string
}

// registry gives the metrics of a Record, of the Go runtime and of the process.
func registry(record *Record, version string) *prometheus.Registry {
	out := prometheus.NewPedanticRegistry()
	out.MustRegister(
		collector{newMetrics(), record, version},
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
	)
	return out
}

// Describe serves prometheus.Collector.
func (c collector) Describe(out chan<- *prometheus.Desc) {
	for _, m := range c.all {
		out <- m.desc
	}
}

// Collect serves prometheus.Collector.
func (c collector) Collect(out chan<- prometheus.Metric) {
	c.record.mu.Lock()
	defer c.record.mu.Unlock()
	c.collectRuns(out)
	for at, w := range c.record.last {
		c.walk(out, at, w)
	}
	for f, n := range c.record.failures {
		c.stepFailures.sample(out, float64(n), f.provider, f.controller, f.step, f.symptom, f.by)
	}
	c.issuers(out)
	c.certificates(out)
}

func (c collector) collectRuns(out chan<- prometheus.Metric) {
	r := c.record
	c.runs.sample(out, float64(r.runs))
	c.missed.sample(out, float64(r.missed))
	c.errors.sample(out, float64(r.errors))
	c.current.sample(out, number(!r.stale))
	c.version.sample(out, 1, c.release, runtime.Version())
	if r.runs > 0 {
		c.lastRun.moment(out, r.began)
		c.lastTook.sample(out, r.took.Seconds())
		c.interval.sample(out, r.every.Seconds())
	}
}

func (c collector) walk(out chan<- prometheus.Metric, at place, w walk) {
	labels := []string{at.provider, at.controller}
	with := func(more string) []string { return append(labels[:2:2], more) }
	c.success.sample(out, number(w.provider.OK()), labels...)
	c.duration.sample(out, w.provider.Took().Seconds(), labels...)
	for _, s := range w.provider.Steps {
		if s.Verdict != probe.Skip {
			c.stepSuccess.sample(out, number(s.Verdict == probe.Pass), with(s.Name)...)
			c.stepDuration.sample(out, s.Took.Seconds(), with(s.Name)...)
		}
	}
	c.tokens(out, labels, w)
	if w.cells.asked > 0 {
		c.cells.sample(out, float64(w.cells.asked-w.cells.failed), with("passed")...)
		c.cells.sample(out, float64(w.cells.failed), with("failed")...)
		c.critical.sample(out, float64(w.cells.critical), labels...)
	}
}

// tokens tells of the tokens, and of the keys that they are verified with.
func (c collector) tokens(out chan<- prometheus.Metric, labels []string, w walk) {
	seen := w.provider.Seen
	for kind, expires := range map[string]time.Time{"issuer": seen.TokenExpires, "keystone": seen.KeystoneExpires} {
		if !expires.IsZero() {
			c.tokenLifetime.sample(out, expires.Sub(w.ended).Seconds(), labels[0], labels[1], kind)
		}
	}
	if n := len(seen.KeyIDs); n > 0 {
		c.keys.sample(out, float64(n), labels...)
	}
	if age := keysMaxAge(w.provider); age > 0 {
		c.keysAge.sample(out, age.Seconds(), labels...)
	}
}

func (c collector) issuers(out chan<- prometheus.Metric) {
	for id, k := range c.record.keys {
		c.keyChanges.sample(out, float64(k.changes), id)
		c.keysChanged.moment(out, k.changed, id)
	}
	watched := map[string]bool{}
	for at := range c.record.last {
		watched[at.provider] = true
	}
	for id := range watched {
		c.paused.sample(out, number(c.record.pauses[id].holds(c.record.began)), id)
	}
}

// certificates gives the earliest end that a host has shown at a controller.
func (c collector) certificates(out chan<- prometheus.Metric) {
	type shown struct{ host, controller string }
	ends := map[shown]time.Time{}
	for at, w := range c.record.last {
		for _, cert := range w.provider.Seen.Certificates {
			by := shown{cert.Host, at.controller}
			if !slices.Contains(w.hosts, cert.Host) {
				by.host = "other"
			}
			if end, known := ends[by]; !known || cert.NotAfter.Before(end) {
				ends[by] = cert.NotAfter
			}
		}
	}
	for by, end := range ends {
		c.certificate.moment(out, end, by.host, by.controller)
	}
}

func number(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}
