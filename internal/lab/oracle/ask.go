package oracle

import (
	"encoding/json"
	"errors"
	"time"
)

// Case is one login: a mapping as Keystone stores it (rules, perhaps schema_version) and the assertion.
type Case struct {
	Mapping   json.RawMessage `json:"mapping"`
	Assertion map[string]any  `json:"assertion"`
}

// Answer is what Keystone makes of a Case: Result, an exception, or nothing since it hangs.
type Answer struct {
	// Result is what RuleProcessor.process returns, group_ids sorted by their JSON text. What JSON has not (bytes, tuples,
	// NaN) is {"python": its repr}, a set {"python": "set", "items": […]}.
	Result json.RawMessage `json:"result"`
	// Class is the exception's, Status what Keystone then answers, Message its text.
	Class   string `json:"class"`
	Status  int    `json:"status"`
	Message string `json:"message"`
	// Chance is what the order of sets, or an address in memory, decides, which Python does not promise.
	Chance Chance `json:"chance"`
	// Hangs: no answer within three seconds.
	Hangs bool `json:"hangs"`
}

// Chance is what is left to chance in an Answer.
type Chance string

// Nothing, only the order of the items of group_names, or the result or exception itself.
const (
	Nothing Chance = ""
	Order   Chance = "order"
	Outcome Chance = "outcome"
)

// Ask evaluates each case on a copy of its rules and gives the answers in their order.
func (o *Oracle) Ask(cases []Case) ([]Answer, error) {
	type question struct {
		Ask string `json:"ask"`
		Case
	}
	questions := make([]any, len(cases))
	for i, c := range cases {
		questions[i] = question{"process", c}
	}
	answers := make([]Answer, len(cases))
	return answers, o.converse(questions, func(i int) any { return &answers[i] })
}

// Verdict is what Keystone's schema check says of a mapping: its messages in Keystone's order, none when it is
// accepted, and the place that each is about, as keys and indexes; or the class and status of another exception.
type Verdict struct {
	Messages []string `json:"messages"`
	Paths    [][]any  `json:"paths"`
	Class    string   `json:"class"`
	Status   int      `json:"status"`
}

// Validate has validate_mapping_structure check each mapping.
func (o *Oracle) Validate(mappings []json.RawMessage) ([]Verdict, error) {
	questions := make([]any, len(mappings))
	for i, m := range mappings {
		questions[i] = map[string]any{"ask": "validate", "mapping": m}
	}
	verdicts := make([]Verdict, len(mappings))
	return verdicts, o.converse(questions, func(i int) any { return &verdicts[i] })
}

// Clock is how long the release takes to evaluate every mapping with every assertion, the processors made before.
func (o *Oracle) Clock(mappings []json.RawMessage, assertions []map[string]any) (time.Duration, error) {
	var answer struct {
		Seconds float64 `json:"seconds"`
	}
	questions := []any{map[string]any{"ask": "clock", "mappings": mappings, "assertions": assertions}}
	err := o.converse(questions, func(int) any { return &answer })
	return time.Duration(answer.Seconds * float64(time.Second)), err
}

// Fixtures are the mappings and assertions of Keystone's own unit tests, by their names there.
type Fixtures struct {
	Mappings   map[string]json.RawMessage `json:"mappings"`
	Assertions map[string]map[string]any  `json:"assertions"`
}

// ErrNoFixtures: the installed release came without its tests.
var ErrNoFixtures = errors.New("this Keystone is installed without its unit tests' mapping_fixtures.py")

// Fixtures loads them from the installed release.
func (o *Oracle) Fixtures() (f Fixtures, err error) {
	if err = o.converse([]any{map[string]any{"ask": "fixtures"}}, func(int) any { return &f }); err != nil {
		return f, err
	}
	if len(f.Mappings) == 0 || len(f.Assertions) == 0 {
		return f, ErrNoFixtures
	}
	return f, nil
}
