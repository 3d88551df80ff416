package watch

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// metric is one family of samples.
type metric struct {
	name string
	desc *prometheus.Desc
	kind prometheus.ValueType
}

// sample gives one sample; its labels are in the order of the metric's.
func (m metric) sample(out chan<- prometheus.Metric, value float64, labels ...string) {
	out <- prometheus.MustNewConstMetric(m.desc, m.kind, value, labels...)
}

// moment gives a sample in Unix seconds, and none for the zero time.
func (m metric) moment(out chan<- prometheus.Metric, at time.Time, labels ...string) {
	if !at.IsZero() {
		m.sample(out, float64(at.UnixMilli())/1e3, labels...)
	}
}

// metrics are all there are.
type metrics struct {
	all []metric

	success, duration, stepSuccess, stepDuration, stepFailures          metric
	tokenLifetime, certificate, keys, keyChanges, keysChanged, keysAge  metric
	cells, critical, paused                                             metric
	runs, missed, errors, lastRun, lastTook, interval, current, version metric
}

func newMetrics() *metrics {
	m := &metrics{}
	m.ofWalks()
	m.ofIssuers()
	m.ofRuns()
	return m
}

func (m *metrics) ofWalks() {
	at := []string{"identity_provider", "controller"}
	with := func(more ...string) []string { return append(at[:2:2], more...) }
	m.success = m.gauge("probe_success", "Whether the last run passed every step at the identity provider.", at...)
	m.duration = m.gauge("probe_duration_seconds", "Time from the first step's start to the last one's end in the last run.", at...)
	m.stepSuccess = m.gauge("probe_step_success", "Whether the step passed in the last run; absent for a step that could not be made because an earlier one failed.", with("step")...)
	m.stepDuration = m.gauge("probe_step_duration_seconds", "Time that the step took in the last run.", with("step")...)
	m.stepFailures = m.counter("probe_step_failures_total", "Failures of the step, by symptom (see `fedstone explain`) and by who answered.", with("step", "symptom", "answered_by")...)
	m.tokenLifetime = m.gauge("probe_token_lifetime_seconds", "Time that a token still had at the end of the last run; token is issuer or keystone.", with("token")...)
	m.cells = m.gauge("probe_isolation_cells", "Cells of the isolation matrix at the identity provider's paths in the last run, by result.", with("result")...)
	m.critical = m.gauge("probe_isolation_critical_cells", "Cells of the isolation matrix that let in what had to be refused.", at...)
}

func (m *metrics) ofIssuers() {
	const idp = "identity_provider"
	m.certificate = m.gauge("probe_certificate_expiry_timestamp_seconds", "End of the certificate that the host showed; host other is the earliest of all hosts that the description does not name.", "host", "controller")
	m.keys = m.gauge("probe_jwks_keys", "Signing keys in the issuer's key set.", idp, "controller")
	m.keyChanges = m.counter("probe_jwks_changes_total", "Changes of the set of the issuer's key ids.", idp)
	m.keysChanged = m.gauge("probe_jwks_last_change_timestamp_seconds", "Time at which the issuer's key ids were first seen as they are now; absent until the first change.", idp)
	m.keysAge = m.gauge("probe_jwks_max_age_seconds", "Time for which the issuer lets its key set be kept (Cache-Control: max-age); absent where it says nothing.", idp, "controller")
	m.paused = m.gauge("probe_paused", "Whether the identity provider is left out, because an answer was 429.", idp)
}

func (m *metrics) ofRuns() {
	m.runs = m.counter("probe_runs_total", "Runs that came to their end.")
	m.missed = m.counter("probe_runs_missed_total", "Runs that were not begun because the one before took too long.")
	m.errors = m.counter("probe_run_errors_total", "Runs that could not be made.")
	m.lastRun = m.gauge("probe_last_run_timestamp_seconds", "Start of the last run that came to its end.")
	m.lastTook = m.gauge("probe_last_run_duration_seconds", "Time that the last run took.")
	m.interval = m.gauge("probe_interval_seconds", "Time from the start of a run to the start of the next.")
	m.current = m.gauge("probe_description_current", "Whether the description in use is the one that lies there; 0 while that one cannot be used.")
	m.version = m.gauge("build_info", "1, with the version as a label.", "version", "goversion")
}

func (m *metrics) gauge(name, help string, labels ...string) metric {
	return m.add(prometheus.GaugeValue, name, help, labels)
}

func (m *metrics) counter(name, help string, labels ...string) metric {
	return m.add(prometheus.CounterValue, name, help, labels)
}

func (m *metrics) add(kind prometheus.ValueType, name, help string, labels []string) metric {
	full := prometheus.BuildFQName("fedstone", "", name)
	one := metric{full, prometheus.NewDesc(full, help, labels, nil), kind}
	m.all = append(m.all, one)
	return one
}

// Names gives the names of all metrics that a watch has, besides those of the Go
// runtime and of the process.
func Names() []string {
	var out []string
	for _, m := range newMetrics().all {
		out = append(out, m.name)
	}
	return out
}
