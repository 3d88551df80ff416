package symptom

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/keystone"
)

// Diagnosis is what an answer means. Slug is "" where no symptom fits; Cause then
// says what came, and nothing is guessed.
type Diagnosis struct {
	Slug       string
	AnsweredBy keystone.AnsweredBy
	Cause      string
	Mend       string
	Evidence   []string // for a person; may hold what the answer held: to be masked
	Asked      []Asked
	Rules      []string // slugs of validate's rules that find this cause in files
}

// Asked is a second question and what came of it.
type Asked struct {
	Question Question
	Answer   keystone.Answer
	Err      error
}

// Explain finds the symptom. Questions are asked only while several symptoms are
// left, and through ask alone; nil: none is asked.
func Explain(ctx context.Context, f Facts, ask Asker) Diagnosis {
	c := inquiry{facts: f, known: f.known(), ask: ask}
	if s, ok := c.find(ctx); ok {
		return c.diagnosis(s)
	}
	return Diagnosis{
		AnsweredBy: f.Answer.AnsweredBy, Evidence: f.evidence(),
		Cause: fmt.Sprintf("an answer %d of %s, which was not expected here", f.Answer.Status, f.Answer.AnsweredBy),
		Mend:  "read the logs of httpd and Keystone for this request",
	}
}

// inquiry is the search for one answer's symptom.
type inquiry struct {
	facts Facts
	known map[Fact]bool
	ask   Asker
	asked []Asked
}

// mostQuestions bounds what one explanation may ask.
const mostQuestions = 8

// find gives the first symptom that fits and that no second answer speaks against.
// The last one that is left is meant without a question.
func (c *inquiry) find(ctx context.Context) (Symptom, bool) {
	left := c.fitting(All())
	for i, s := range left {
		if i == len(left)-1 || c.facts.tells(s) || c.holds(ctx, s.Second) {
			return s, true
		}
	}
	return Symptom{}, false
}

func (c *inquiry) fitting(all []Symptom) []Symptom {
	var left []Symptom
	for _, s := range all {
		if c.fits(s) {
			left = append(left, s)
		}
		if n := len(left); n > 0 && (len(left[n-1].Second) == 0 || c.facts.tells(left[n-1])) {
			break // whatever comes after it is not looked at
		}
	}
	return left
}

// holds asks until an answer speaks against the symptom.
func (c *inquiry) holds(ctx context.Context, seconds []Second) bool {
	for _, s := range seconds {
		if !slices.ContainsFunc(strings.Fields(s.Ask), func(name string) bool {
			a, ok := c.answer(ctx, name)
			return ok && c.fulfils(a, s.Want)
		}) {
			return false
		}
	}
	return true
}

func (c *inquiry) answer(ctx context.Context, name string) (keystone.Answer, bool) {
	for _, known := range c.asked {
		if known.Question.Name == name {
			return known.Answer, known.Err == nil
		}
	}
	if c.ask == nil || len(c.asked) == mostQuestions {
		return keystone.Answer{}, false
	}
	one := Asked{Question: questionOf(name, c.facts.Names)}
	one.Answer, one.Err = c.ask(ctx, one.Question)
	c.asked = append(c.asked, one)
	return one.Answer, one.Err == nil
}

func (c *inquiry) diagnosis(s Symptom) Diagnosis {
	d := Diagnosis{Slug: s.Slug, AnsweredBy: c.facts.Answer.AnsweredBy, Asked: c.asked, Rules: s.Rules, Evidence: c.facts.evidence()}
	if s.Truly != "" {
		d.AnsweredBy = s.Truly
	}
	d.Cause, d.Mend = c.facts.named(s.Cause), c.facts.named(s.Mend)
	for _, a := range c.asked {
		if text := a.text(); !slices.Contains(d.Evidence, text) {
			d.Evidence = append(d.Evidence, text)
		}
	}
	return d
}
