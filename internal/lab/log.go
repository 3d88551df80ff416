package lab

import (
	"bytes"
	"fmt"
	"os"
)

// logFile is where a service's output goes.
func (l *Lab) logFile(service string) string { return l.path("log", service+".log") }

// logMark is a place in a log: what was written after it is new.
type logMark struct {
	name   string
	offset int64
}

// markLog marks the present end of a log; a missing one ends at zero.
func markLog(name string) *logMark {
	m := &logMark{name: name}
	if info, err := os.Stat(name); err == nil {
		m.offset = info.Size()
	}
	return m
}

// tail is the last lines written since the mark, with the log's name.
func (m *logMark) tail() string {
	const most = 3000
	text, err := os.ReadFile(m.name)
	if err != nil {
		return fmt.Sprintf("(its log cannot be read: %v)", err)
	}
	text = bytes.TrimSpace(text[min(m.offset, int64(len(text))):])
	if len(text) > most {
		text = text[len(text)-most:]
		text = text[bytes.IndexByte(text, '\n')+1:]
	}
	return fmt.Sprintf("the end of %s:\n%s", m.name, text)
}
