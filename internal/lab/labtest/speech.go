package labtest

import (
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// Speech is what a process says, to be read while it goes on speaking.
type Speech struct {
	mu   sync.Mutex
	text strings.Builder
}

// Write serves io.Writer.
func (s *Speech) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(p)
}

// String is what has been said so far.
func (s *Speech) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

// Page waits for the last address of a message about a login, by which time the
// message is complete, and ends the process where there comes none.
func (s *Speech) Page(t testing.TB, cmd *exec.Cmd) string {
	t.Helper()
	address := regexp.MustCompile(`(?m)^ {4}(https://\S+)$`)
	for range 600 {
		text := s.String()
		all := address.FindAllStringSubmatch(text, -1)
		if len(all) > 0 && (strings.Contains(text, "good until") || strings.Contains(text, "127.0.0.1")) {
			return all[len(all)-1][1]
		}
		time.Sleep(50 * time.Millisecond)
	}
	_ = cmd.Process.Kill()
	t.Fatalf("no address was shown:\n%s", s.String())
	return ""
}
