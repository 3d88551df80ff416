package probe

import (
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/probe/symptom"
)

// watched keeps the second questions that pass.
type watched struct {
	next http.RoundTripper
	mu   sync.Mutex
	seen []*http.Request
}

func (w *watched) RoundTrip(r *http.Request) (*http.Response, error) {
	if whyOf(r.Context()) != "" {
		w.mu.Lock()
		w.seen = append(w.seen, r)
		w.mu.Unlock()
	}
	return w.next.RoundTrip(r)
}

// A refusal of Keystone's behind a covered path leads to second questions: few, at
// Keystone's address, and without anybody's token.
func TestSecondQuestions(t *testing.T) {
	c := newCloud(t, "corp")
	c.at(authPath("corp"), afterHTTPD(c, func(w http.ResponseWriter) { refuse(w, 401) }))
	opts := c.options(t)
	watch := &watched{next: opts.Client.Transport}
	opts.Client.Transport = watch
	r := run(t, c, opts)
	if s := stepOf(t, r, "exchange"); s.Symptom == "" || !strings.Contains(strings.Join(s.Notes, "\n"), "asked ") {
		t.Errorf("%+v", s)
	}
	if n := len(watch.seen); n == 0 || n > mostSeconds {
		t.Errorf("%d second questions", n)
	}
	for _, q := range watch.seen {
		bearer := q.Header.Get("Authorization")
		if "https://"+q.URL.Host != c.web.URL || q.Header.Get("X-Auth-Token") != "" || bearer != "" && bearer != "Bearer "+symptom.Garbage {
			t.Errorf("%s %s with %q", q.Method, q.URL, bearer)
		}
	}
	c.expectAllRevoked(t)
}

// A question whose answer is a token leaves none behind, and each is asked once.
func TestSecondQuestionThatIsLetIn(t *testing.T) {
	c := newCloud(t, "corp")
	asked := 0
	c.at(authPath("corp"), func(w http.ResponseWriter, _ *http.Request) { asked++; c.issue(w, "corp", "x") })
	v := newVisit(c.fed, &c.fed.IdentityProviders[0], c.options(t))
	for _, q := range symptom.Questions(v.names()) {
		if q.Name != "no-token" {
			continue
		}
		for range 2 {
			if a, err := v.second(t.Context(), q); err != nil || a.Status != http.StatusCreated {
				t.Fatalf("%d, %v", a.Status, err)
			}
		}
	}
	if asked != 1 {
		t.Errorf("asked %d times", asked)
	}
	v.release(t.Context())
	c.expectAllRevoked(t)
}

// There is an end to questions.
func TestSecondQuestionsEnd(t *testing.T) {
	c := newCloud(t, "corp")
	v := newVisit(c.fed, &c.fed.IdentityProviders[0], c.options(t))
	for i := range mostSeconds {
		v.memory.keep(strings.Repeat("x", i+1), keystone.Answer{})
	}
	if _, err := v.second(t.Context(), symptom.Question{Name: "one more", Method: http.MethodGet, Path: "/v3"}); err == nil {
		t.Error("one more was asked")
	}
}
