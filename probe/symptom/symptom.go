package symptom

import (
	"slices"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/oidc"
)

// Symptom is one cause of a failure, and one way in which it shows: a cause that
// shows in several has several Symptoms of one slug. A zero condition is fulfilled
// by anything; all conditions have to be. Words in braces stand for names of the
// federation at hand.
type Symptom struct {
	Slug   string // stable, kebab-case; the heading in docs/symptoms.md
	Steps  string // names of the steps it is about, separated by spaces
	Status []int
	By     keystone.AnsweredBy
	Seen   string    // in body, WWW-Authenticate or Location, whatever the case
	Fault  oidc.Kind // no answer, but this failure
	Known  []Fact    // what must be known besides
	Second []Second  // asked when what stands above leaves several symptoms
	// Told are Keystone's own words for this cause, which it says with insecure_debug
	// alone. One of them makes Known and Second unnecessary.
	Told []string

	// Truly is who answered where the answer does not show it; "": as it looks.
	Truly keystone.AnsweredBy
	Sight string // what one sees, for a person
	Cause string
	Mend  string
	Rules []string // slugs of validate's rules that find this cause in files
}

// Second is a second question, and what its answer has to be.
type Second struct {
	Ask  string // names, separated by spaces, of which one has to be answered so
	Want Want
}

// Want is a condition on an answer; zero fields are fulfilled by anything.
type Want struct {
	Status []int
	By     keystone.AnsweredBy
	NotBy  keystone.AnsweredBy
	Seen   string // as Symptom.Seen
	Not    bool   // turns the whole round
}

// The steps of a probe that a symptom can be about.
const (
	controls = "no-token garbage-token"
	exchange = "exchange"
)

// All gives every symptom, in the order in which they are tried: of two that fit,
// the first one is meant.
func All() []Symptom {
	var all []Symptom
	for _, family := range families() {
		all = append(all, family.symptoms...)
	}
	return all
}

// family is what is told together.
type family struct {
	title    string
	symptoms []Symptom
}

func families() []family {
	return []family{
		{"A cloud's identity service", serviceSymptoms()},
		{"Keystone as an OAuth 2.0 authorization server", oauth2Symptoms()},
		{"Services that take Keystone's OAuth 2.0 tokens", resourceSymptoms()},
		{"The isolation matrix", isolationSymptoms()},
		{"The browser's way", webssoSymptoms()},
		{"Logging in by SAML", samlSymptoms()},
		{"Let in, and not noticed", unnoticed()},
		{"An answer that is a success, and wrong", answerSymptoms()},
		{"Endpoints and links", endpointSymptoms()},
		{"Open or uncovered paths", openSymptoms()},
		{"The way to the cloud", waySymptoms()},
		{"Asked by hand", byHandSymptoms()},
		{"Set up for browsers alone", browserSymptoms()},
		{"httpd's verification of the token", moduleSymptoms()},
		{"httpd itself", httpdSymptoms()},
		{"Keystone at any path", keystoneSymptoms()},
		{"Keystone refuses the claims", claimSymptoms()},
		{"Keystone's objects", objectSymptoms()},
		{"Keystone and the mapping", mappingSymptoms()},
		{"Keystone's own tokens", sessionSymptoms()},
		{"Proxies and what stands in front", proxySymptoms()},
		{"The issuer", issuerSymptoms()},
		{"The isolation matrix: nothing proven", unproven()},
	}
}

// Find gives the first symptom of a slug.
func Find(slug string) (Symptom, bool) {
	for _, s := range All() {
		if s.Slug == slug {
			return s, true
		}
	}
	return Symptom{}, false
}

// Slugs gives every slug once, in the order of All.
func Slugs() []string {
	var out []string
	for _, s := range All() {
		if !slices.Contains(out, s.Slug) {
			out = append(out, s.Slug)
		}
	}
	return out
}
