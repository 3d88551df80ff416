package probe

import (
	"fmt"
	"net/http"
	"net/url"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/probe/symptom"
)

// hop is one request of a walk and what came of it.
type hop struct {
	method string
	url    *url.URL
	answer keystone.Answer
	set    []*http.Cookie
}

// end is where a leg of the walk ended. next is where its last answer points, and
// nil if that is no redirect; fault says why the walk cannot go on.
type end struct {
	hop
	next  *url.URL
	fault *fault
}

// onward reads where an answer points. A form that is to be sent a second time
// (307 and 308) is not: it may hold a password.
func (h hop) onward() end {
	location := h.answer.Header.Get("Location")
	status := h.answer.Status
	if status < 300 || status > 399 || location == "" || h.method == http.MethodPost && status >= http.StatusTemporaryRedirect {
		return end{hop: h}
	}
	next, err := h.url.Parse(location)
	switch {
	case err != nil || next.Host == "":
		return end{hop: h, fault: h.wrong(symptom.WebssoBadLocation, "seen", "a Location that is no address")}
	case next.Scheme != "https":
		return end{hop: h, next: next, fault: h.wrong(symptom.WebssoPlain, "seen", oidc.Place(next))}
	}
	return end{hop: h, next: next}
}

// fault is something wrong on the way, with words for the symptom's text.
type fault struct {
	fact   symptom.Fact
	answer keystone.Answer
	words  map[string]string
}

// wrong makes one of this hop's answer; pairs are words and what stands for them.
func (h hop) wrong(fact symptom.Fact, pairs ...string) *fault {
	words := map[string]string{"hop": oidc.Place(h.url)}
	for i := 0; i+1 < len(pairs); i += 2 {
		words[pairs[i]] = pairs[i+1]
	}
	return &fault{fact: fact, answer: h.answer, words: words}
}

// text says where a hop was, and who answered with what.
func (h hop) text() string {
	return fmt.Sprintf("%s %s: %d of %s", h.method, oidc.Place(h.url), h.answer.Status, h.answer.AnsweredBy)
}
