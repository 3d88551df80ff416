package adapter

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/fedstone/fedstone/internal/finding"
)

// logged writes a line for each request: time, method, path, status, duration. The
// query, headers and bodies may hold secrets.
type logged struct {
	out  io.Writer
	next http.Handler
}

// ServeHTTP serves http.Handler.
func (l logged) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	start := time.Now()
	seen := &watched{ResponseWriter: w, status: http.StatusOK}
	l.next.ServeHTTP(seen, r)
	note(l.out, fmt.Sprintf("%s %.300s %d (%d ms)", finding.Printable(r.Method), finding.Printable(r.URL.EscapedPath()), seen.status, time.Since(start).Milliseconds()))
}

// note writes one line with the time before it, in one write.
func note(out io.Writer, text string) {
	if out != nil {
		_, _ = fmt.Fprintf(out, "%s %s\n", time.Now().UTC().Format(time.RFC3339), text)
	}
}

// watched remembers the status.
type watched struct {
	http.ResponseWriter
	status int
}

// WriteHeader serves http.ResponseWriter.
func (w *watched) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

// plainErrors answers in JSON what the mux would answer in plain text, and refuses
// paths that the mux would redirect: a request with a token goes nowhere else.
func plainErrors(mux *http.ServeMux) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		methods := methodsAt(mux, r)
		switch _, pattern := mux.Handler(r); {
		case len(methods) == 0:
			refuse(w, &Problem{http.StatusNotFound, "not_found", "there is nothing at this address"})
		case pattern == "":
			w.Header().Set("Allow", strings.Join(methods, ", "))
			refuse(w, &Problem{http.StatusMethodNotAllowed, "invalid_request", "the method is not one of those that Allow names"})
		default:
			mux.ServeHTTP(w, r)
		}
	})
}

// methodsAt are the methods that are answered at the address of a request.
func methodsAt(mux *http.ServeMux, r *http.Request) []string {
	var out []string
	for _, method := range []string{http.MethodGet, http.MethodPut, http.MethodDelete, http.MethodPost} {
		other := r.Clone(r.Context())
		other.Method = method
		if _, found := mux.Handler(other); found != "" && !moved(r) {
			out = append(out, method)
		}
	}
	return out
}

// moved reports whether the mux would send the path elsewhere: one with // or a dot
// segment.
func moved(r *http.Request) bool {
	p := r.URL.Path
	return strings.Contains(p, "//") || strings.Contains(p, "/./") || strings.Contains(p, "/../") || strings.HasSuffix(p, "/.") || strings.HasSuffix(p, "/..")
}
