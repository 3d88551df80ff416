package report

import (
	"math"
	"time"

	"github.com/fedstone/fedstone/probe"
)

type jsonStep struct {
	Name       string        `json:"name"`
	Verdict    probe.Verdict `json:"verdict"`
	Moot       bool          `json:"moot,omitempty"` // skipped, and none the worse for it
	Status     int           `json:"status"`
	AnsweredBy string        `json:"answered_by"`
	Symptom    string        `json:"symptom"`
	Cause      string        `json:"cause"`
	Mend       string        `json:"mend"`
	Evidence   []string      `json:"evidence,omitempty"`
	Findings   []any         `json:"findings,omitempty"` // as validate writes them
	StartMS    int64         `json:"start_ms"`
	DurationMS int64         `json:"duration_ms"`
	Requests   []jsonRequest `json:"requests"`
	Screenshot []byte        `json:"screenshot_png,omitempty"` // base64
}

// jsonRequest has its phases in milliseconds since its start; 0 where there was none.
type jsonRequest struct {
	Method  string  `json:"method"`
	URL     string  `json:"url"`
	Why     string  `json:"second_question,omitempty"`
	Status  int     `json:"status"`
	StartMS float64 `json:"start_ms"` // since the run began
	DNS     float64 `json:"dns_ms"`
	TCP     float64 `json:"tcp_ms"`
	TLS     float64 `json:"tls_ms"`
	First   float64 `json:"first_byte_ms"`
	Done    float64 `json:"done_ms"`
}

// jsonSeen is what a watch keeps an eye on; null where it was not seen.
type jsonSeen struct {
	TokenExpires    *time.Time        `json:"token_expires"`
	KeystoneExpires *time.Time        `json:"keystone_expires"`
	KeyIDs          []string          `json:"key_ids"`
	Certificates    []jsonCertificate `json:"certificates"`
}

type jsonCertificate struct {
	Host     string    `json:"host"`
	NotAfter time.Time `json:"not_after"`
}

func jsonStepOf(s *probe.Step) jsonStep {
	out := jsonStep{
		Name: s.Name, Verdict: s.Verdict, Moot: s.Moot, Status: s.Status, AnsweredBy: s.Who(), Symptom: s.Symptom, Cause: s.Cause, Mend: s.Mend, Evidence: s.Notes,
		StartMS: s.Start.Milliseconds(), DurationMS: s.Took.Milliseconds(), Requests: []jsonRequest{}, Screenshot: s.Screenshot,
	}
	for _, f := range s.Findings {
		out.Findings = append(out.Findings, f.Object())
	}
	for _, r := range s.Requests {
		out.Requests = append(out.Requests, jsonRequest{
			Method: r.Method, URL: r.URL, Why: r.Why, Status: r.Status, StartMS: millis(r.Start),
			DNS: millis(r.DNS), TCP: millis(r.TCP), TLS: millis(r.TLS), First: millis(r.First), Done: millis(r.Done),
		})
	}
	return out
}

// millis keeps microseconds and no more: beyond them there is noise alone.
func millis(d time.Duration) float64 { return math.Round(float64(d)/1e3) / 1e3 }

func jsonSeenOf(s probe.Seen) jsonSeen {
	out := jsonSeen{TokenExpires: known(s.TokenExpires), KeystoneExpires: known(s.KeystoneExpires), KeyIDs: append([]string{}, s.KeyIDs...), Certificates: []jsonCertificate{}}
	for _, c := range s.Certificates {
		out.Certificates = append(out.Certificates, jsonCertificate{c.Host, c.NotAfter.UTC()})
	}
	return out
}

// known gives a time, or nil for the zero time.
func known(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	utc := t.UTC()
	return &utc
}
