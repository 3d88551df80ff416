package symptom

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/keystone"
)

// Bearer says whether a person has sent a bearer token. The zero Bearer: they do
// not say.
type Bearer string

// What a person says of the bearer.
const (
	BearerSent Bearer = "sent"
	BearerNone Bearer = "none"
)

// Heard is an answer that a person has got by hand, and what they say of the request.
type Heard struct {
	Answer keystone.Answer
	Method string // "" = not said
	// URL or path that was asked; "" = not said.
	URL      string
	Followed string // host to which curl -L has gone on; "" = to none
	Bearer   Bearer
	Names    Names
	Sent     http.Header // of the request; nil = not known
	SAML     bool        // the description says that the provider speaks SAML
	// Words stand for the names of SAML: sp, module, endpoints, entity, place.
	Words map[string]string
	// Dashboard is the origin where the URL has none; "" = unknown.
	Dashboard string
}

// Possible is one cause that an answer leaves.
type Possible struct {
	Slug       string
	AnsweredBy keystone.AnsweredBy
	If         string // what was asked, where that is not known; "" = as it was said
	Cause      string
	Mend       string
	Rules      []string // slugs of validate's rules that find it in files
	Asks       []Ask    // every one has to be answered so; none: nothing more is left to ask
}

// Ask is what decides, for a person to send.
type Ask struct {
	Questions []Question // one of them has to be answered so
	Holds     string     // what the answer has to be, in words
}

// ByHand gives every cause that the answer leaves, the likeliest first, and what
// speaks for them. It asks nobody. None: no symptom fits.
func ByHand(h Heard) ([]Possible, []string) {
	var all []Possible
	for _, w := range h.walks() {
		for _, p := range h.left(w) {
			at := slices.IndexFunc(all, func(known Possible) bool { return known.Slug == p.Slug })
			if at < 0 {
				all = append(all, p)
			} else if p.If != all[at].If {
				all[at].If += ", or " + p.If
			}
		}
	}
	f := h.facts("")
	return all, append(f.evidence(), f.sight()...)
}

// left gives what the first step of a walk that knows the answer leaves.
func (h Heard) left(w walk) (all []Possible) {
	for _, step := range strings.Fields(w.steps) {
		c := inquiry{facts: h.facts(step)}
		c.known = c.facts.known()
		for _, s := range c.fitting(knowing(step)) {
			if s.Steps != "" || !w.own {
				all = append(all, c.possible(s, w.when))
			}
		}
		if len(all) > 0 {
			break
		}
	}
	if all = rareLast(all); w.first && len(all) > 1 {
		return all[:1]
	}
	return all
}

// knowing gives the symptoms that know a step: what only a person asks has its own.
func knowing(step string) []Symptom {
	if strings.HasPrefix(step, "asked-") {
		return byHandSymptoms()
	}
	return All()
}

func (c *inquiry) possible(s Symptom, when string) Possible {
	d := c.diagnosis(s)
	p := Possible{Slug: d.Slug, AnsweredBy: d.AnsweredBy, If: when, Cause: d.Cause, Mend: d.Mend, Rules: d.Rules}
	if c.facts.tells(s) {
		return p
	}
	for _, second := range s.Second {
		p.Asks = append(p.Asks, Ask{questionsOf(second.Ask, c.facts.Names), second.Want.text()})
	}
	return p
}

// questionsOf gives the questions of some names, without those in which the id in
// other letters is the id itself.
func questionsOf(asked string, n Names) (all []Question) {
	for _, name := range strings.Fields(asked) {
		if q := questionOf(name, n); q.Path != n.Path() || !strings.HasSuffix(name, "-case") {
			all = append(all, q)
		}
	}
	return all
}

// rareLast keeps the order of the table, but for causes that few clouds have: the
// probe asks for those first only because their questions part them.
func rareLast(all []Possible) []Possible {
	rare := func(p Possible) int {
		if p.Slug == "controllers-differ" || strings.HasPrefix(p.Slug, "section-") {
			return 1
		}
		return 0
	}
	slices.SortStableFunc(all, func(a, b Possible) int { return rare(a) - rare(b) })
	return all
}

// facts of the answer, as far as a person's words go.
func (h Heard) facts(step string) Facts {
	n := h.Names
	f := Facts{Step: step, Answer: h.Answer, Names: n, Asked: pathAsked(h.URL), Words: map[string]string{
		"websso": n.webssoPath(), "global": n.globalPath(), "dashboard": h.origin(),
		"dash": strings.TrimSuffix(h.origin(), "/auth/websso/"), "followed": h.Followed,
	}}
	if h.Followed != "" {
		f.Marks = append(f.Marks, RedirectFollowed)
	}
	if h.Bearer == BearerSent {
		f.Marks = append(f.Marks, BearerGiven)
	}
	if stepOfSAML(step) {
		h.look(&f)
	}
	return f
}

// origin is the dashboard that Keystone is asked to send the browser to.
func (h Heard) origin() string {
	if u, err := url.Parse(h.URL); err == nil && u.Query().Get("origin") != "" {
		return u.Query().Get("origin")
	}
	return h.Dashboard
}

// sight is what a success or a redirect shows.
func (f Facts) sight() (notes []string) {
	if host := f.Answer.RedirectHost(); host != "" {
		notes = append(notes, "redirects to "+host)
	}
	if f.Answer.Status < 300 && strings.HasPrefix(strings.TrimSpace(string(f.Answer.Body)), "<") {
		notes = append(notes, "page: "+titleOf(string(f.Answer.Body)))
	}
	return notes
}

func titleOf(page string) string {
	lower := strings.ToLower(page)
	from, to := strings.Index(lower, "<title>"), strings.Index(lower, "</title>")
	if from < 0 || to < from || len(lower) != len(page) {
		return "without a title"
	}
	return excerpt(keystone.Answer{Body: []byte(page[from+len("<title>") : to])})
}
