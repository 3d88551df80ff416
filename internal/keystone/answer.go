package keystone

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/secret"
)

// answerLimit caps what is read of an answer's body, in bytes. A token with a
// catalog of a large cloud has about 100 KB.
const answerLimit = 1 << 20

// Answer is what came back for one request, kept whole as evidence: Header and
// Body are as received and may hold tokens. A zero Status means that nothing
// came back.
type Answer struct {
	Status     int
	Header     http.Header
	Body       []byte
	Truncated  bool // the body was longer than 1 MB
	AnsweredBy AnsweredBy
	Took       time.Duration
}

// Token gives the token of X-Subject-Token; empty unless there is exactly one
// such header.
func (a Answer) Token() secret.Value {
	values := a.Header.Values("X-Subject-Token")
	if len(values) != 1 {
		return secret.Value{}
	}
	return secret.New(values[0])
}

// RedirectHost gives the host a redirect points at, without path and query:
// those may hold state. "" when the answer is no redirect.
func (a Answer) RedirectHost() string {
	u, err := url.Parse(a.Header.Get("Location"))
	if err != nil || a.Status < 300 || a.Status > 399 {
		return ""
	}
	return u.Host
}

// Excerpt gives Keystone's message, or the beginning of another body, for a
// person: one line, tokens masked, control characters escaped.
func (a Answer) Excerpt(mask *secret.Redactor) string {
	text := strings.Join(strings.Fields(mask.Redact(a.words())), " ")
	if runes := []rune(text); len(runes) > excerptLimit {
		text = string(runes[:excerptLimit]) + "…"
	}
	return finding.Printable(text)
}

// ErrorFaults says in what an error's body is not the one that Keystone writes
// (keystone/exception.py and server/flask: code, message and title, the code
// being the status); nil for one that is, and for what is no error of Keystone's:
// flask's own of 405, the IAM services', a page.
func (a Answer) ErrorFaults() []string {
	var body struct {
		Error map[string]any
	}
	if a.Status < http.StatusBadRequest || json.Unmarshal(a.Body, &body) != nil || body.Error == nil {
		return nil
	}
	var faults []string
	if code, ok := body.Error["code"].(float64); !ok || int(code) != a.Status {
		faults = append(faults, fmt.Sprintf("error.code is %#v and the status %d", body.Error["code"], a.Status))
	}
	for _, field := range []string{"message", "title"} {
		if text, ok := body.Error[field].(string); !ok || text == "" {
			faults = append(faults, "error."+field+" is missing")
		}
	}
	return faults
}

func (a Answer) words() string { return said(a.Body) }

// excerptLimit is the length of an excerpt in characters: two lines of a terminal.
const excerptLimit = 160

func (a Answer) html() bool {
	return strings.HasPrefix(a.Header.Get("Content-Type"), "text/html") || strings.HasPrefix(strings.TrimSpace(string(a.Body[:min(len(a.Body), 64)])), "<")
}

func readAnswer(resp *http.Response, start time.Time) (Answer, error) {
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, answerLimit+1))
	if err != nil {
		return Answer{}, err
	}
	a := Answer{Status: resp.StatusCode, Header: resp.Header, Body: body, Took: time.Since(start)}
	if len(body) > answerLimit {
		a.Body, a.Truncated = body[:answerLimit], true
	}
	a.AnsweredBy = Classify(a)
	return a, nil
}
