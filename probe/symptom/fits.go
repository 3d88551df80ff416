package symptom

import (
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/keystone"
)

// fits holds a symptom against everything but the second questions.
func (c *inquiry) fits(s Symptom) bool {
	f := c.facts
	return (s.Steps == "" || slices.Contains(strings.Fields(s.Steps), f.Step)) &&
		(len(s.Status) == 0 || slices.Contains(s.Status, f.Answer.Status)) &&
		(s.By == "" || s.By == f.Answer.AnsweredBy) &&
		s.Fault == f.Fault.Kind &&
		(s.Seen == "" || f.shows(s.Seen)) &&
		(f.tells(s) || !slices.ContainsFunc(s.Known, func(k Fact) bool { return !c.known[k] }))
}

// tells: Keystone itself has said that this is the cause.
func (f Facts) tells(s Symptom) bool { return slices.ContainsFunc(s.Told, f.shows) }

func (c *inquiry) fulfils(a keystone.Answer, w Want) bool {
	ok := (len(w.Status) == 0 || slices.Contains(w.Status, a.Status)) &&
		(w.By == "" || w.By == a.AnsweredBy) && w.NotBy != a.AnsweredBy &&
		(w.Seen == "" || strings.Contains(told(a), strings.ToLower(c.facts.named(w.Seen))))
	return ok != w.Not
}

// shows looks for a text in what the answer, or its lack, says about itself.
func (f Facts) shows(text string) bool {
	return strings.Contains(told(f.Answer)+strings.ToLower(f.Fault.Got), strings.ToLower(f.named(text)))
}

// told gives what an answer says about itself, in lower case.
func told(a keystone.Answer) string {
	var b strings.Builder
	b.Write(a.Body)
	for _, v := range a.Header.Values("Www-Authenticate") {
		b.WriteString("\nWWW-Authenticate: " + v)
	}
	if a.Header.Get("Location") != "" {
		b.WriteString("\nLocation: " + locationPath(a))
	}
	return strings.ToLower(b.String()) + "\n"
}

// locationPath gives the path and query a redirect points at.
func locationPath(a keystone.Answer) string {
	location := a.Header.Get("Location")
	if _, rest, ok := strings.Cut(location, "://"); ok {
		_, path, _ := strings.Cut(rest, "/")
		return "/" + path
	}
	return location
}
