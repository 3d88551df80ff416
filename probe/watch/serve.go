package watch

import (
	"context"
	_ "embed"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"
)

//go:embed index.html
var index []byte

// Server shows a Record over plain HTTP, at /metrics, /-/healthy and /-/ready. The
// zero Server listens nowhere.
type Server struct {
	listener net.Listener
	web      *http.Server
}

// Listen takes an address such as :9464, which is every address of this machine.
// It begins to answer at once; version is told as fedstone_build_info.
func Listen(address string, record *Record, version string) (*Server, error) {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return nil, err
	}
	s := &Server{listener: listener, web: &http.Server{
		Handler:           handler(record, version),
		ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 5 * time.Second, WriteTimeout: 30 * time.Second, IdleTimeout: 2 * time.Minute,
		MaxHeaderBytes: 16 << 10,
		ErrorLog:       log.New(io.Discard, "", 0), // of what strangers send
	}}
	go func() { _ = s.web.Serve(listener) }() // ends with Close
	return s, nil
}

// Address is where it listens, with the port that was given for :0.
func (s *Server) Address() string { return s.listener.Addr().String() }

// Close ends it, once those who are being answered have had a second.
func (s *Server) Close() error {
	if s.web == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	if err := s.web.Shutdown(ctx); !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return s.web.Close()
}

func handler(record *Record, version string) http.Handler {
	metrics := promhttp.HandlerFor(registry(record, version), promhttp.HandlerOpts{MaxRequestsInFlight: 8, Timeout: 10 * time.Second})
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", metrics)
	mux.HandleFunc("GET /-/healthy", func(w http.ResponseWriter, _ *http.Request) { say(w, http.StatusOK, "fedstone watches") })
	mux.HandleFunc("GET /-/ready", func(w http.ResponseWriter, _ *http.Request) {
		if record.Ready() {
			say(w, http.StatusOK, "a run has come to its end")
			return
		}
		say(w, http.StatusServiceUnavailable, "the first run is under way")
	})
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(index) // nobody is there who could be told
	})
	return guarded(mux)
}

// guarded keeps browsers from making more of an answer than it is, and clients
// from sending bodies.
func guarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", "default-src 'none'")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		r.Body = http.MaxBytesReader(w, r.Body, 0)
		next.ServeHTTP(w, r)
	})
}

func say(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, text+"\n") // nobody is there who could be told
}
