package main

import (
	"fmt"
	"io"
	"net/http"
	"time"
)

// requestLog writes one line for each request, without headers, bodies and
// query: those may hold secrets.
type requestLog struct {
	next http.RoundTripper
	out  io.Writer
}

// RoundTrip writes the line when the answer's head is there.
func (l requestLog) RoundTrip(r *http.Request) (*http.Response, error) {
	start := time.Now()
	answer, err := l.next.RoundTrip(r)
	said := "no answer"
	if err == nil {
		said = answer.Status
	}
	_, _ = fmt.Fprintf(l.out, "debug: %s %s://%s%s: %s (%d ms)\n",
		r.Method, r.URL.Scheme, r.URL.Host, r.URL.Path, said, time.Since(start).Milliseconds())
	return answer, err
}
