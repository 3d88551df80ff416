package curl

import (
	"net/http"
	"strings"

	"github.com/fedstone/fedstone/internal/pattern"
)

// Request is what was asked. The zero Request is not known.
type Request struct {
	Method string
	Target string      // the path and query
	Header http.Header // masked; nil where it is not known
}

// verbose takes out of what curl -v has printed what is no answer: its doing (*), the
// sizes of what it moved ({, }), and the request (>), which is read. Headers stand there
// behind "< ", and with -i once more without; a body stands as it is.
func (r *reader) verbose() Request {
	if !strings.HasPrefix(r.rest, "* ") && !strings.HasPrefix(r.rest, "> ") && !strings.HasPrefix(r.rest, "< ") {
		return Request{}
	}
	v := transcript{}
	for number, line := range strings.Split(leftIntact().ReplaceAllString(r.rest, ""), "\n") {
		v.line(r.line+number, strings.TrimSuffix(line, "\r"))
	}
	if v.heard.text == nil && !strings.HasPrefix(strings.TrimSpace(v.plain.String()), "HTTP/") {
		return Request{}
	}
	left := v.answer()
	r.rest, r.line, r.lines = left.String(), 0, left.numbers
	return v.sent
}

// leftIntact is curl's last word, which may stand right behind a body.
var leftIntact = pattern.Lazy(`(?m)\* Connection #\d+ to host .* left intact\r?$`)

// transcript is what curl -v told, parted.
type transcript struct {
	sent         Request
	heard, plain lines
}

// lines are some of a text, with their numbers.
type lines struct {
	text    []string
	numbers []int
}

func (l *lines) add(number int, text string) {
	l.text, l.numbers = append(l.text, text), append(l.numbers, number)
}

func (l *lines) String() string { return strings.Join(l.text, "\n") }

func (t *transcript) line(number int, text string) {
	mark, rest, _ := strings.Cut(text, " ")
	switch {
	case mark == ">":
		t.request(rest)
	case mark == "<":
		t.heard.add(number, rest)
	case mark == "*", (mark == "{" || mark == "}") && strings.HasPrefix(rest, "["):
	default:
		t.plain.add(number, text)
	}
}

// request takes a line of the request; its first begins another.
func (t *transcript) request(text string) {
	if words := strings.Fields(text); len(words) == 3 && strings.HasPrefix(words[2], "HTTP/") {
		t.sent = Request{Method: words[0], Target: words[1], Header: http.Header{}}
	} else if name, value, ok := header(text, ""); ok && t.sent.Header != nil {
		t.sent.Header[name] = append(t.sent.Header[name], value)
	}
}

// answer gives the answers as curl -i prints them.
func (t *transcript) answer() lines {
	if strings.HasPrefix(strings.TrimSpace(t.plain.String()), "HTTP/") {
		for len(t.plain.text) > 0 && t.plain.text[0] == "" {
			t.plain = lines{t.plain.text[1:], t.plain.numbers[1:]}
		}
		return t.plain
	}
	all := t.heard
	if all.text[len(all.text)-1] != "" {
		all.add(all.numbers[len(all.numbers)-1], "")
	}
	for i, text := range t.plain.text {
		all.add(t.plain.numbers[i], text)
	}
	return all
}
