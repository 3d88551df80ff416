package curl

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
)

// Limit is what Read takes, in bytes: a body of 1 MB, and headers.
const Limit = 1<<20 + 1<<16

// Response is one answer of a server. Header and Body are masked.
type Response struct {
	Status int
	Header http.Header
	Body   []byte
	Sent   Request // what was asked for it, where curl -v has told
}

// Redirects reports whether the answer sends its reader to another address.
func (r Response) Redirects() bool {
	return r.Status >= 300 && r.Status < 400 && r.Header.Get("Location") != ""
}

// Read reads what curl -i or curl -v has printed (RFC 9112, section 2.1; HTTP/2 and 3 as
// curl writes them): the answers in the order in which they came, at least one, of which
// the last alone has a body. Lines end with CRLF or LF. path is for positions. What
// is wrong is a list with one error.
func Read(path string, text []byte) ([]Response, finding.List) {
	r := reader{path: path, rest: string(text)}
	if len(text) > Limit {
		return nil, r.wrong(fmt.Sprintf("more than %d bytes, expected one answer", Limit), "give one answer, without a download")
	}
	r.blanks()
	sent := r.verbose()
	if problem, hint := unlikeAnswer(r.rest); problem != "" {
		return nil, r.wrong(problem, hint)
	}
	var all []Response
	for len(all) == 0 || statusLine(r.rest) {
		one, bad := r.block()
		if bad != nil {
			return nil, bad
		}
		all = append(all, one)
	}
	all[len(all)-1].Body, all[len(all)-1].Sent = []byte(r.rest), sent
	return masked(all), nil
}

type reader struct {
	path string
	rest string
	line int // of rest, from 0
	// lines are the numbers of the input's lines that are left of what curl -v told,
	// from 0; nil: all are left
	lines []int
}

// next takes a line.
func (r *reader) next() string {
	line, rest, _ := strings.Cut(r.rest, "\n")
	r.rest, r.line = rest, r.line+1
	return strings.TrimSuffix(line, "\r")
}

// blanks takes what a paste may begin with.
func (r *reader) blanks() {
	r.rest = strings.TrimPrefix(r.rest, "\ufeff")
	for strings.HasPrefix(r.rest, "\n") || strings.HasPrefix(r.rest, "\r\n") {
		r.next()
	}
}

// block takes a status line and its headers, up to the empty line.
func (r *reader) block() (Response, finding.List) {
	status, ok := statusOf(r.next())
	if !ok {
		r.line--
		return Response{}, r.wrong("a status line without a status, expected such as HTTP/1.1 401 Unauthorized", ask)
	}
	one := Response{Status: status, Header: http.Header{}}
	last := ""
	for r.rest != "" {
		line := r.next()
		if line == "" {
			break
		}
		name, value, ok := header(line, last)
		if !ok {
			r.line--
			return one, r.wrong("a line without a colon among the headers, expected NAME: VALUE, or an empty line before the body", ask)
		}
		one.Header[name] = append(one.Header[name], value)
		last = name
	}
	return one, nil
}

// header reads a header's line; one that begins with a space goes on with the last
// (RFC 9112, section 5.2).
func header(line, last string) (name, value string, ok bool) {
	if last != "" && (line[0] == ' ' || line[0] == '\t') {
		return last, strings.TrimSpace(line), true
	}
	name, value, ok = strings.Cut(line, ":")
	if name == "" || strings.ContainsAny(name, " \t<>{}\"") {
		return "", "", false
	}
	return http.CanonicalHeaderKey(name), strings.TrimSpace(value), ok
}

// statusLine reports whether another answer begins.
func statusLine(text string) bool {
	line, _, _ := strings.Cut(text, "\n")
	_, ok := statusOf(strings.TrimSuffix(line, "\r"))
	return ok
}

func statusOf(line string) (int, bool) {
	version, rest, _ := strings.Cut(line, " ")
	word, _, _ := strings.Cut(rest, " ")
	status, err := strconv.Atoi(word)
	return status, err == nil && strings.HasPrefix(version, "HTTP/") && len(word) == 3 && status >= 100 && status < 600
}

// ask is the mend of most errors.
const ask = "ask again, and hand on all that comes: curl -si … | fedstone explain -"

// unlikeAnswer says what a text is that does not begin with a status line.
func unlikeAnswer(text string) (problem, hint string) {
	begins := func(all ...string) bool {
		for _, one := range all {
			if strings.HasPrefix(strings.TrimLeft(text, " \t"), one) {
				return true
			}
		}
		return false
	}
	const expected = ", expected a status line such as HTTP/1.1 401 Unauthorized"
	switch {
	case begins("HTTP/"):
		return "", ""
	case strings.TrimSpace(text) == "":
		return "nothing" + expected, "curl itself may have failed; see what it says: curl -siS … | fedstone explain -"
	case begins("* ", "> ", "< "):
		return "what curl -v tells of its doing, without an answer" + expected, ask
	case begins("{", "[", "<"):
		return "a body alone" + expected, "the headers tell who answered; " + ask
	case begins("curl: "):
		return "an error of curl's own" + expected, "nobody has answered; `fedstone probe` says why"
	}
	return "another text" + expected, ask
}

func (r *reader) wrong(problem, hint string) finding.List {
	line := r.line
	if line < len(r.lines) {
		line = r.lines[line]
	}
	at := finding.Pos{Line: line + 1, Column: 1}
	return finding.List{{Slug: "not-an-answer", Severity: finding.Error, Message: problem, Hint: hint, At: finding.Range{Path: r.path, Start: at, End: at}}}
}
