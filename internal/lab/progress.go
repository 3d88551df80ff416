package lab

import (
	"fmt"
	"io"
	"sync"
	"time"
)

// progress writes one line for each phase; phases end in any order and from several goroutines.
type progress struct {
	mu sync.Mutex
	w  io.Writer // nil: silence
}

// phase runs f and tells how long it took.
func (p *progress) phase(name string, f func() error) error {
	begin := time.Now()
	err := f()
	verdict := ""
	if err != nil {
		verdict = "  failed"
	}
	p.line("%-34s %5.1f s%s", name, time.Since(begin).Seconds(), verdict)
	return err
}

func (p *progress) line(format string, args ...any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.w != nil {
		fmt.Fprintf(p.w, format+"\n", args...)
	}
}
