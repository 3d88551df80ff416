package main

import (
	"crypto/rand"
	"net"
	"net/http"
	"sync/atomic"
	"time"
)

// doorTime is how long a browser may take to ask for its page.
const doorTime = time.Minute

// door leads the first who knows its path to a URL, and nobody else.
type door struct {
	path, url string
	used      atomic.Bool
}

// openDoor listens on loopback for one browser.
func openDoor(url string) (address string, err error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	d := &door{path: "/" + rand.Text(), url: url}
	server := &http.Server{Handler: d, ReadTimeout: doorTime, WriteTimeout: doorTime, MaxHeaderBytes: 16 << 10}
	time.AfterFunc(doorTime, func() { _ = server.Close() })
	go func() { _ = server.Serve(listener) }()
	return "http://" + listener.Addr().String() + d.path, nil
}

// ServeHTTP serves http.Handler.
func (d *door) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path != d.path || r.Method != http.MethodGet || d.used.Swap(true) {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Referrer-Policy", "no-referrer")
	http.Redirect(w, r, d.url, http.StatusFound)
}
