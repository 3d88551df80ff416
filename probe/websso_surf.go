package probe

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"time"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/secret"
	"github.com/fedstone/fedstone/probe/symptom"
)

// The bounds of a walk: how many requests one leg of it may have, and how much of
// a page is read, in bytes.
const (
	mostHops  = 10
	pageLimit = 1 << 20
)

// surf is a browser's walk by hand: redirects are followed one by one, cookies go
// to the very host and port that set them, and no request carries a token.
type surf struct {
	web  *http.Client
	mask *secret.Redactor
	home string // Keystone's host and port
	jars map[string]http.CookieJar
	hops []hop
}

func newSurf(web *http.Client, mask *secret.Redactor, home string) *surf {
	return &surf{web: web, mask: mask, home: home, jars: map[string]http.CookieJar{}}
}

// jar keeps the cookies of one host and port. One jar for all would send what one
// port has set to the others: RFC 6265, section 8.5, knows no ports.
func (s *surf) jar(host string) http.CookieJar {
	if s.jars[host] == nil {
		s.jars[host], _ = cookiejar.New(nil) // gives no error without a list of suffixes
	}
	return s.jars[host]
}

// visit asks for one page, as a browser would.
func (s *surf) visit(ctx context.Context, method string, to *url.URL, form url.Values) (hop, error) {
	req, err := http.NewRequestWithContext(ctx, method, to.String(), strings.NewReader(form.Encode()))
	if err != nil {
		return hop{}, err
	}
	req.Header.Set("Accept", "text/html,application/xhtml+xml")
	if method == http.MethodPost {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for _, c := range s.jar(to.Host).Cookies(to) {
		req.AddCookie(c)
	}
	start := time.Now()
	resp, err := s.web.Do(req)
	if err != nil {
		return hop{}, err
	}
	return s.keep(req, resp, start)
}

func (s *surf) keep(req *http.Request, resp *http.Response, start time.Time) (hop, error) {
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, pageLimit))
	if err != nil {
		return hop{}, err
	}
	a := keystone.Answer{Status: resp.StatusCode, Header: resp.Header, Body: body, Truncated: len(body) == pageLimit, Took: time.Since(start)}
	a.AnsweredBy = keystone.ByIDP
	if req.URL.Host == s.home {
		a.AnsweredBy = keystone.Classify(a)
	}
	h := hop{method: req.Method, url: req.URL, answer: a, set: resp.Cookies()}
	s.hide(h)
	s.jar(req.URL.Host).SetCookies(req.URL, h.set)
	s.hops = append(s.hops, h)
	return h, nil
}

// hide masks what a page or a Location could show again: cookies, and the values
// that stand for a login under way.
func (s *surf) hide(h hop) {
	for _, c := range h.set {
		s.mask.Add(secret.New(c.Value))
	}
	next, err := h.url.Parse(h.answer.Header.Get("Location"))
	if err != nil {
		return
	}
	for _, values := range []url.Values{next.Query(), fragment(next)} {
		for _, name := range []string{"state", "nonce", "code", "id_token", "access_token", "session_state", "session_code", "x_csrf", "client_data"} {
			s.mask.Add(secret.New(values.Get(name)))
		}
	}
}

func fragment(u *url.URL) url.Values {
	values, _ := url.ParseQuery(u.Fragment)
	return values
}

// leg follows redirects for as long as the next place belongs to the leg.
func (s *surf) leg(ctx context.Context, method string, to *url.URL, form url.Values, belongs func(*url.URL) bool) (end, error) {
	seen := map[string]bool{}
	for range mostHops {
		h, err := s.visit(ctx, method, to, form)
		if err != nil {
			return end{hop: hop{method: method, url: to}}, err
		}
		e := h.onward()
		switch {
		case e.fault != nil || e.next == nil || !belongs(e.next):
			return e, nil
		case seen[e.next.String()]:
			e.fault = h.wrong(symptom.WebssoLoop, "seen", oidc.Place(e.next))
			return e, nil
		}
		seen[to.String()], seen[e.next.String()] = true, true
		method, to, form = http.MethodGet, e.next, nil
	}
	last := s.last()
	return end{hop: last, fault: last.wrong(symptom.WebssoLoop, "seen", fmt.Sprintf("%d redirects", mostHops))}, nil
}

func (s *surf) last() hop { return s.hops[len(s.hops)-1] }

// chain gives the hops in one line: who answered with what.
func (s *surf) chain() string {
	var parts []string
	for _, h := range s.hops {
		parts = append(parts, fmt.Sprintf("%d %s", h.answer.Status, h.answer.AnsweredBy))
	}
	return strings.Join(parts, " → ")
}

// trail gives the hops for a person: never a query, which may hold a code.
func (s *surf) trail() []string {
	var notes []string
	if s == nil {
		return nil
	}
	for _, h := range s.hops {
		notes = append(notes, h.text())
	}
	return notes
}
