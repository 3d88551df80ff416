package httpdconf

import "strings"

// stream is what httpd reads lines from: a file, and on top of it the macros that
// are being used (cmd_parms.config_file and mod_macro's array_contents_t).
type stream struct {
	top    *reading
	popped bool // a macro has ended within the line that is being read
}

// reading is how far a unit is read.
type reading struct {
	unit *Unit
	text string
	at   int
	line int      // physical lines read so far
	up   *reading // where it goes on after the end of a macro
}

func newStream(u *Unit) *stream { return &stream{top: &reading{unit: u, text: u.text}} }

func (s *stream) push(u *Unit) { s.top = &reading{unit: u, text: u.text, up: s.top} }

// read is one logical line: its text without white space around it, and where it
// stands. unit and number are httpd's idea of the place.
type read struct {
	text     string
	unit     *Unit
	from, to int32 // in unit.text, without the newline
	start    int32 // first physical line
	number   int32 // last physical line
	length   int   // of the text with its white space
	nul      bool
}

// next gives the next logical line (ap_varbuf_cfg_getline); false at the end.
func (s *stream) next() (read, bool) {
	s.popped = false
	line, ok := s.physical()
	if !ok {
		return read{}, false
	}
	l := s.place(line)
	n, more := unfold(line)
	line = line[:n]
	if line, l.nul = cut(line); l.nul {
		more = false
	}
	if more {
		line = s.join(line, &l)
	}
	l.length = len(line)
	l.text = strings.Trim(line, spaces)
	return l, true
}

// place says where a physical line that was just read stands.
func (s *stream) place(line string) read {
	r := s.top
	from := int32(r.at - len(line))
	return read{unit: r.unit, from: from, to: from + int32(bare(line)), start: int32(r.line), number: int32(r.line)}
}

// bare is the length of a physical line without its newline.
func bare(line string) int {
	return len(strings.TrimSuffix(strings.TrimSuffix(line, "\n"), "\r"))
}

// cut ends a line at a NUL byte, as C does.
func cut(line string) (string, bool) {
	i := strings.IndexByte(line, 0)
	if i < 0 {
		return line, false
	}
	return line[:i], true
}

// join appends the physical lines that continue a line.
func (s *stream) join(line string, l *read) string {
	buf, more := []byte(line), true
	for more {
		physical, ok := s.physical()
		if !ok {
			l.number++ // httpd counts the line that it did not find
			break
		}
		place := s.place(physical)
		if place.unit != l.unit {
			l.unit, l.from, l.start = place.unit, place.from, place.start
		}
		l.to, l.number = place.to, place.number
		part, nul := cut(physical)
		buf = append(buf, part...)
		var n int
		n, more = unfold(buf)
		if buf = buf[:n]; nul {
			l.nul, more = true, false
		}
	}
	return string(buf)
}

// physical gives the next physical line with its newline.
//
// A macro that has ended gives way to the text below it. httpd then loses a last
// line that has no newline, if it is the first one after the macro (array_getstr
// in mod_macro.c).
func (s *stream) physical() (string, bool) {
	for s.top.at == len(s.top.text) {
		if s.top.up == nil {
			return "", false
		}
		s.top, s.popped = s.top.up, true
	}
	r := s.top
	line := r.text[r.at:]
	if i := strings.IndexByte(line, '\n'); i >= 0 {
		line = line[:i+1]
	}
	r.at += len(line)
	r.line++
	if s.popped && !strings.HasSuffix(line, "\n") {
		return "", false
	}
	return line, true
}
