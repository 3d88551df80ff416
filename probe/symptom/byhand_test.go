package symptom

import (
	"strings"
	"testing"
)

// Where nobody says what was asked, each cause says for what it would hold; where
// it is said, nothing is left open but what a question decides.
func TestByHandSaysWhatItTakesForGranted(t *testing.T) {
	h := Heard{Answer: itself(401, generic).answer(), Names: names}
	left := slugsOf(h)
	for slug, when := range map[string]string{
		"path-uncovered": "if POST …/auth was asked with a bearer, or if POST …/auth was asked without a bearer", "websso-uncovered": "if a provider's websso path was asked",
		"websso-global-uncovered": "if the websso path of no provider was asked", "resource-without-token": "if a resource of Keystone was asked",
	} {
		if left[slug].If != when {
			t.Errorf("%s: %q, want %q", slug, left[slug].If, when)
		}
	}
	h.URL, h.Bearer = names.Path(), BearerSent
	for slug, p := range slugsOf(h) {
		if p.If != "" {
			t.Errorf("%s: still %q", slug, p.If)
		}
		if last := slug == "claims-refused"; last != (len(p.Asks) == 0) {
			t.Errorf("%s has %d questions", slug, len(p.Asks))
		}
	}
}

// What Keystone says of itself needs no question.
func TestByHandBelievesKeystone(t *testing.T) {
	h := Heard{Answer: itself(401, "Could not find Identity Provider identifier in environment").answer(), Names: names, URL: names.Path(), Bearer: BearerSent}
	if p := slugsOf(h)["remote-id-attribute"]; p.Cause == "" || len(p.Asks) != 0 {
		t.Errorf("%+v", p)
	}
}

// The path that was asked stands in what is told of it, and no word is left over.
func TestByHandNamesWhatWasAsked(t *testing.T) {
	h := Heard{Answer: page(404, "").answer(), Names: names, URL: "https://keystone.test/krb/v3/projects?marker=x"}
	p, ok := slugsOf(h)["path-unknown-to-httpd"]
	if !ok || !strings.Contains(p.Cause, "/krb/v3/projects:") {
		t.Errorf("%+v", p)
	}
}

func slugsOf(h Heard) map[string]Possible {
	all, _ := ByHand(h)
	left := map[string]Possible{}
	for _, p := range all {
		left[p.Slug] = p
	}
	return left
}
