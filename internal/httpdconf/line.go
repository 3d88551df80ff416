package httpdconf

import "strings"

// span says where a piece of a logical line comes from: text[at:] is src[byte:].
type span struct {
	at   int // offset in the logical line
	byte int // offset in the file
	line int // number of the physical line, from 1
}

// logical is one line as ap_cfg_getline gives it: physical lines joined where
// one ends with a backslash, and cut at a NUL. Its text is not yet trimmed.
type logical struct {
	text     string
	spans    []span // one for each physical line
	from, to int    // the physical lines in the file, newline included
	nul      bool   // a NUL byte cut a line
}

// reader gives the logical lines of a file.
type reader struct {
	src  string
	at   int
	line int // number of the next physical line, from 1
}

// next gives the next logical line; false at the end of the file. spans is used
// for the line's own and may be given again for the next line.
func (r *reader) next(spans []span) (logical, bool) {
	if r.at >= len(r.src) {
		return logical{}, false
	}
	l := logical{from: r.at, spans: append(spans[:0], span{0, r.at, r.line})}
	l.text = r.physical(&l)
	n, more := unfold(l.text)
	l.text = l.text[:n]
	if more {
		r.join(&l)
	}
	l.to = r.at
	return l, true
}

// join appends the physical lines that continue a line.
func (r *reader) join(l *logical) {
	buf, more := []byte(l.text), true
	for more && r.at < len(r.src) {
		l.spans = append(l.spans, span{len(buf), r.at, r.line})
		buf = append(buf, r.physical(l)...)
		var n int
		n, more = unfold(buf)
		buf = buf[:n]
	}
	l.text = string(buf)
	// A line may take back a backslash of the one before it: see unfold.
	for i := len(l.spans) - 1; i > 0; i-- {
		l.spans[i-1].at = min(l.spans[i-1].at, l.spans[i].at)
	}
}

// physical takes one physical line, with its newline. httpd reads it into a C
// string, so that a NUL ends it and the rest is lost.
func (r *reader) physical(l *logical) string {
	line := r.src[r.at:]
	if i := strings.IndexByte(line, '\n'); i >= 0 {
		line = line[:i+1]
	}
	r.at += len(line)
	r.line++
	if i := strings.IndexByte(line, 0); i >= 0 {
		l.nul = true
		return line[:i]
	}
	return line
}

// unfold gives the length of a line without its newline, and without the
// backslash that asks for the next line.
//
// It looks at the joined line, not at the last physical one: after `a\\` and
// an empty line httpd goes on with a third, because the first backslash now ends
// the joined line.
func unfold[T string | []byte](line T) (n int, more bool) {
	n = len(line)
	if n == 0 || line[n-1] != '\n' {
		return n, false
	}
	if n--; n > 0 && line[n-1] == '\r' {
		n--
	}
	if n > 0 && line[n-1] == '\\' {
		return n - 1, true
	}
	return n, false
}
