package watch

import (
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

func ask(t *testing.T, s *Server, method, path, body string) (int, string, http.Header) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, "http://"+s.Address()+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(text), answer.Header
}

func listening(t *testing.T, r *Record) *Server {
	t.Helper()
	s, err := Listen("127.0.0.1:0", r, "v1")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func TestServer(t *testing.T) {
	s := listening(t, NewRecord())
	for _, c := range []struct {
		method, path string
		status       int
		text         string
	}{
		{"GET", "/", 200, `href="/metrics"`},
		{"HEAD", "/metrics", 200, ""},
		{"GET", "/metrics", 200, "fedstone_probe_runs_total 0"},
		{"GET", "/metrics", 200, `fedstone_build_info{goversion="go`},
		{"GET", "/-/healthy", 200, "watches"},
		{"GET", "/-/ready", 503, "first run"},
		{"GET", "/federation.yaml", 404, ""},
		{"POST", "/metrics", 405, ""},
		{"DELETE", "/", 405, ""},
	} {
		status, text, header := ask(t, s, c.method, c.path, "")
		if status != c.status || !strings.Contains(text, c.text) || header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s %s: %d, want %d with %q\n%.300s", c.method, c.path, status, c.status, c.text, text)
		}
	}
}

func TestReady(t *testing.T) {
	_, r, _, _ := watched(t, time.Second, brings(bad("corp")))
	if status, text, _ := ask(t, listening(t, r), "GET", "/-/ready", ""); status != 200 {
		t.Errorf("after a run, also one that failed: %d %s", status, text)
	}
}

// Whoever opens a connection and says nothing is not waited for.
func TestSilentClient(t *testing.T) {
	s := listening(t, NewRecord())
	s.web.ReadHeaderTimeout = 50 * time.Millisecond // before the first connection
	conn, err := net.Dial("tcp", s.Address())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := conn.SetReadDeadline(time.Now().Add(10 * time.Second)); err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Read(make([]byte, 1)); err == nil {
		t.Error("it was answered")
	} else if timeout, ok := err.(net.Error); ok && timeout.Timeout() {
		t.Error("it is still waited for")
	}
}

func TestTakenPort(t *testing.T) {
	s := listening(t, NewRecord())
	if _, err := Listen(s.Address(), NewRecord(), "v1"); err == nil || !strings.Contains(err.Error(), "in use") {
		t.Errorf("a port that is taken: %v", err)
	}
}
