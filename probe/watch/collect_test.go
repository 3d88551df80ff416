package watch

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil"

	"github.com/fedstone/fedstone/probe"
	"github.com/fedstone/fedstone/probe/symptom"
)

// eventful is a record in which every metric has a sample.
func eventful(t *testing.T) *Record {
	t.Helper()
	rotated := good("corp")
	rotated.Seen.KeyIDs = []string{"k3"}
	_, r, _, _ := watched(t, 90*time.Second, brings(good("corp"), bad("partner")), brings(rotated, bad("partner")), func(round *Round) error {
		round.Fleet[0].Isolation = []probe.Cell{{Provider: "corp", Verdict: probe.Fail, Critical: true}, {Provider: "corp", Verdict: probe.Pass}}
		return brings(rotated, bad("partner"))(round)
	})
	return r
}

func TestMetrics(t *testing.T) {
	want := `
# HELP fedstone_probe_step_failures_total Failures of the step, by symptom (see ` + "`fedstone explain`" + `) and by who answered.
# TYPE fedstone_probe_step_failures_total counter
fedstone_probe_step_failures_total{answered_by="httpd",controller="",identity_provider="partner",step="exchange",symptom="token-expired"} 3
# HELP fedstone_probe_success Whether the last run passed every step at the identity provider.
# TYPE fedstone_probe_success gauge
fedstone_probe_success{controller="",identity_provider="corp"} 1
fedstone_probe_success{controller="",identity_provider="partner"} 0
# HELP fedstone_probe_certificate_expiry_timestamp_seconds End of the certificate that the host showed; host other is the earliest of all hosts that the description does not name.
# TYPE fedstone_probe_certificate_expiry_timestamp_seconds gauge
fedstone_probe_certificate_expiry_timestamp_seconds{controller="",host="keystone.example.org:5000"} 1.9038240e+09
fedstone_probe_certificate_expiry_timestamp_seconds{controller="",host="other"} 1.8960516e+09
# HELP fedstone_probe_isolation_critical_cells Cells of the isolation matrix that let in what had to be refused.
# TYPE fedstone_probe_isolation_critical_cells gauge
fedstone_probe_isolation_critical_cells{controller="",identity_provider="corp"} 1
# HELP fedstone_probe_jwks_changes_total Changes of the set of the issuer's key ids.
# TYPE fedstone_probe_jwks_changes_total counter
fedstone_probe_jwks_changes_total{identity_provider="corp"} 1
fedstone_probe_jwks_changes_total{identity_provider="partner"} 0
# HELP fedstone_probe_token_lifetime_seconds Time that a token still had at the end of the last run; token is issuer or keystone.
# TYPE fedstone_probe_token_lifetime_seconds gauge
fedstone_probe_token_lifetime_seconds{controller="",identity_provider="corp",token="issuer"} 86340
fedstone_probe_token_lifetime_seconds{controller="",identity_provider="corp",token="keystone"} 172740
fedstone_probe_token_lifetime_seconds{controller="",identity_provider="partner",token="issuer"} 86340
fedstone_probe_token_lifetime_seconds{controller="",identity_provider="partner",token="keystone"} 172740
# HELP fedstone_probe_last_run_timestamp_seconds Start of the last run that came to its end.
# TYPE fedstone_probe_last_run_timestamp_seconds gauge
fedstone_probe_last_run_timestamp_seconds 1.89604806e+09
`
	var names []string
	for line := range strings.Lines(want) {
		if name, ok := strings.CutPrefix(line, "# TYPE "); ok {
			names = append(names, strings.Fields(name)[0])
		}
	}
	if err := testutil.GatherAndCompare(registry(eventful(t), "v1"), strings.NewReader(want), names...); err != nil {
		t.Error(err)
	}
}

// What Prometheus' own linter says of the names, and that the list of names is
// the list of what is shown.
func TestLint(t *testing.T) {
	all := registry(eventful(t), "v1")
	problems, err := testutil.GatherAndLint(all)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Errorf("%s: %s", p.Metric, p.Text)
	}
	families, err := all.Gather()
	if err != nil {
		t.Fatal(err)
	}
	var shown []string
	for _, f := range families {
		if strings.HasPrefix(f.GetName(), "fedstone_") {
			shown = append(shown, f.GetName())
		}
	}
	named := Names()
	slices.Sort(named)
	if !slices.Equal(named, shown) {
		t.Errorf("named %q\nshown %q", named, shown)
	}
}

// A step that was not made has no sample, so that the first cause alone shows 0.
func TestSkippedStep(t *testing.T) {
	_, r, _, _ := watched(t, time.Second, brings(bad("partner")))
	n, err := testutil.GatherAndCount(registry(r, "v1"), "fedstone_probe_step_success")
	if err != nil || n != 3 {
		t.Errorf("%d samples, %v; want reach, jwks and exchange", n, err)
	}
}

// A walk that had to wait for its turn is not slower for that.
func TestDurationWithoutTheWait(t *testing.T) {
	steps := []probe.Step{{Name: "reach", Verdict: probe.Pass, Start: 5 * time.Second, Took: time.Second}}
	l := lineOf(place{}, walk{provider: probe.Provider{Steps: steps}}, nil)
	if l.DurationMS != 1000 {
		t.Errorf("%d ms, want those of the step alone", l.DurationMS)
	}
}

// Labels are closed: an answer cannot make one.
func TestClosedLabels(t *testing.T) {
	p := bad("corp")
	p.Steps[2].Symptom = "made-up-by-an-answer"
	_, r, _, _ := watched(t, time.Second, brings(p))
	for f := range r.failures {
		if f.symptom != "" {
			t.Errorf("symptom %q", f.symptom)
		}
	}
	if slug := symptom.Slugs()[0]; slugOf(probe.Step{Symptom: slug}) != slug {
		t.Errorf("%s is no label", slug)
	}
}

// Before the first run there is nothing that an alert could take for an answer.
func TestNothingYet(t *testing.T) {
	for _, name := range []string{"fedstone_probe_success", "fedstone_probe_last_run_timestamp_seconds"} {
		if n, err := testutil.GatherAndCount(registry(NewRecord(), "v1"), name); n != 0 || err != nil {
			t.Errorf("%s: %d samples, %v", name, n, err)
		}
	}
}
