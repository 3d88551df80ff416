package probe

import (
	"cmp"
	"slices"
	"time"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/keystone"
)

// Verdict is the outcome of a step or cell.
type Verdict string

// The verdicts.
const (
	Pass Verdict = "pass"
	Fail Verdict = "fail"
	Skip Verdict = "skip"
)

// Step is what one step found. Status is the HTTP status that decided, 0 where
// there was none. Cause and Mend are empty for a pass; a skip has a Cause. Notes
// hold evidence. No text holds a secret or a control character.
type Step struct {
	Name       string
	Verdict    Verdict
	Status     int
	AnsweredBy keystone.AnsweredBy
	Symptom    string // slug of probe/symptom; "" where none stands for the cause
	Cause      string
	Mend       string
	Notes      []string
	Start      time.Duration // since the run began
	Took       time.Duration
	Requests   []Request         // in the order in which they were sent
	Moot       bool              // skipped because there is nothing to ask here, which is no failure
	Findings   []finding.Finding // of validate, for this failure; nil unless a tree was given
	Screenshot []byte            // PNG of where a browser's walk ended; nil without a browser
}

// Who names who answered; "none" where no request decided.
func (s Step) Who() string { return string(cmp.Or(s.AnsweredBy, keystone.ByNobody)) }

// Request is one request of a step, for a waterfall. Each duration is the time
// from Start until that was done; 0 where it did not happen, as on a connection
// that was open already.
type Request struct {
	Method string
	URL    string        // without user, query and fragment
	Why    string        // of a second question: what it is to tell; "" for the step's own
	Status int           // 0: no answer
	Start  time.Duration // since the run began
	DNS    time.Duration
	TCP    time.Duration
	TLS    time.Duration
	First  time.Duration // the answer's first byte
	Done   time.Duration // the answer's last byte, or the failure

	RetryAfter time.Duration // of the answer; 0: none
	MaxAge     time.Duration // of the answer's Cache-Control; 0: none
}

// Cell is one field of the isolation matrix: a token (or none) at a path.
type Cell struct {
	Kind       string // KindOwn and its like
	Token      string // a provider's id, ID/foreign, ID/NAME, or what stands in a token's place
	Provider   string // whose path it is, or on whose behalf it is asked
	Door       string // the id in an /auth path, else the path
	Path       string // the URL's path
	When       string // cold or after-use
	Want       string // for a person: what had to be answered
	Status     int
	AnsweredBy keystone.AnsweredBy
	Verdict    Verdict
	Critical   bool // let in where it had to be refused
	Symptom    string
	Cause      string
	Mend       string
}

// ToBeLetIn reports whether Keystone had to give a token.
func (c Cell) ToBeLetIn() bool { return c.Want == string(letIn) }

// Result is a whole run, in the order of federation.yaml. Controller names the
// one that was asked past the load balancer; "" is the public address.
type Result struct {
	Controller  string
	Providers   []Provider
	Isolation   []Cell // nil unless asked for
	Unreachable bool   // Keystone gave no answer to anybody
	Stopped     string // why it ended before its end: "interrupted", a time limit; "" if it did not
}

// OK reports whether everything passed.
func (r Result) OK() bool {
	failedProvider := slices.ContainsFunc(r.Providers, func(p Provider) bool { return !p.OK() })
	failedCell := slices.ContainsFunc(r.Isolation, func(c Cell) bool { return c.Verdict != Pass })
	return len(r.Providers) > 0 && !failedProvider && !failedCell && r.Stopped == ""
}
