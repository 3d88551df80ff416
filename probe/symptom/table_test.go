package symptom

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/keystone"
)

var names = Names{
	IDP: "corp", Protocol: "openid", Issuer: "https://sso.test/realms/corp", Keystone: "https://keystone.test",
	Audience: "keystone", Clients: []string{"cli"}, Domain: "corp", TokenKind: "access",
}

// What a symptom asks for is enough for it to be found, and no other stands before
// it: for each entry an answer is made that fulfils its conditions and no more.
func TestEverySymptomIsFound(t *testing.T) {
	for i, want := range All() {
		t.Run(fmt.Sprintf("%s %d", want.Slug, i), func(t *testing.T) {
			c := inquiryFor(want)
			got, ok := c.find(t.Context())
			if !ok || got.Slug != want.Slug || got.Sight != want.Sight {
				t.Errorf("found %q (%s), want %q (%s)", got.Slug, got.Sight, want.Slug, want.Sight)
			}
		})
	}
}

func inquiryFor(s Symptom) *inquiry {
	f := Facts{Step: firstWord(s.Steps), Names: names, Marks: s.Known, Fault: Fault{Kind: s.Fault}}
	if s.Fault != "" {
		f.Fault.Got = s.Seen
	} else {
		f.Answer = answerFor(s.Status, s.By, f.named(s.Seen))
	}
	return &inquiry{facts: f, known: f.known(), ask: func(_ context.Context, q Question) (keystone.Answer, error) {
		for _, second := range s.Second {
			if slices.Contains(strings.Fields(second.Ask), q.Name) {
				return answerTo(second.Want, f), nil
			}
		}
		return keystone.Answer{}, errors.New("not asked")
	}}
}

func firstWord(text string) string {
	return strings.Fields(cmp.Or(text, "anything"))[0]
}

func answerFor(status []int, by keystone.AnsweredBy, seen string) keystone.Answer {
	a := keystone.Answer{Status: 418, AnsweredBy: cmp.Or(by, keystone.ByProxy), Header: http.Header{}, Body: []byte("<html>" + seen + "</html>")}
	if len(status) > 0 {
		a.Status = status[0]
	}
	if location, ok := strings.CutPrefix(seen, "Location: "); ok {
		a.Header.Set("Location", "https://keystone.test"+location)
	}
	return a
}

func answerTo(w Want, f Facts) keystone.Answer {
	if w.Not {
		return keystone.Answer{Status: 418, AnsweredBy: keystone.ByHTTPD}
	}
	by := w.By
	if w.NotBy != "" {
		by = keystone.ByHTTPD
	}
	return answerFor(w.Status, by, f.named(w.Seen))
}

// A symptom that a slug has, and one that is told, has all that a person needs.
func TestEverySymptomIsWhole(t *testing.T) {
	kebab := regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	seen := map[string]string{}
	for _, s := range All() {
		switch {
		case !kebab.MatchString(s.Slug):
			t.Errorf("slug %q", s.Slug)
		case s.Sight == "" || s.Cause == "" || s.Mend == "":
			t.Errorf("%s lacks sight, cause or mend", s.Slug)
		case seen[s.Slug+s.Sight] != "":
			t.Errorf("%s stands twice with one sight: %s", s.Slug, s.Sight)
		}
		seen[s.Slug+s.Sight] = s.Slug
	}
}

// Every question that a symptom asks is one that there is.
func TestEveryQuestionExists(t *testing.T) {
	known, used := map[string]bool{}, map[string]bool{}
	for _, q := range Questions(names) {
		if known[q.Name] {
			t.Errorf("two questions %q", q.Name)
		}
		known[q.Name] = true
	}
	for _, s := range All() {
		for _, second := range s.Second {
			for _, name := range strings.Fields(second.Ask) {
				used[name] = true
				if !known[name] {
					t.Errorf("%s asks %q, which is no question", s.Slug, name)
				}
			}
		}
	}
	for name := range known {
		if !used[name] {
			t.Errorf("nobody asks %q", name)
		}
	}
}

// A question carries no token of anybody, names no subject and stays at Keystone.
func TestQuestionsAreHarmless(t *testing.T) {
	for _, q := range Questions(names) {
		for name, values := range q.Header {
			value := strings.Join(values, " ")
			switch http.CanonicalHeaderKey(name) {
			case "Accept":
			case "Authorization":
				if value != "Bearer "+Garbage {
					t.Errorf("%s sends %s", q.Name, value)
				}
			case "Oidc-Iss":
				if !strings.HasSuffix(value, ".invalid") {
					t.Errorf("%s names the issuer %s", q.Name, value)
				}
			default:
				t.Errorf("%s sends %s", q.Name, name)
			}
		}
		if !strings.HasPrefix(q.Path, "/") || strings.Contains(q.Path, "//") {
			t.Errorf("%s asks %s", q.Name, q.Path)
		}
	}
}

// No word in braces is left over in what is told of any symptom.
func TestEveryWordIsKnown(t *testing.T) {
	brought := []string{"seen", "wanted", "field", "door", "mend", "endpoint", "because", "came", "by", "attribute", "remote_ids", "mapping", "claims", "followed", "websso", "global", "dashboard",
		"sp", "module", "endpoints", "entity", "place", "want", "missing", "metadata", "consumer", "accept"}
	for check := range checks() {
		brought = append(brought, check, "mend-"+check)
	}
	word := regexp.MustCompile(`\{[a-z][a-z_-]*\}`)
	for _, s := range All() {
		if strings.Contains(s.Steps, websso) {
			continue // the walk brings words of its own
		}
		c := inquiryFor(s)
		c.facts.Words = map[string]string{}
		for _, w := range brought {
			c.facts.Words[w] = "x"
		}
		d := c.diagnosis(s)
		left := word.FindAllString(d.Cause+" "+d.Mend, -1)
		for _, w := range left {
			if w != "{preferred_username}" && w != "{sub}" && w != "{x}" {
				t.Errorf("%s: %s is not replaced", s.Slug, w)
			}
		}
	}
}
