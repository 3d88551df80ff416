package adapter

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"time"
)

// ending bounds how long requests that are under way may take once the server ends.
const ending = 10 * time.Second

// Serve answers at a listener by TLS until the context ends, lets requests that are
// under way come to their end, and gives nil then.
func (s *Server) Serve(ctx context.Context, at net.Listener, certificate tls.Certificate) error {
	web := &http.Server{
		Handler: s.Handler(), ErrorLog: log.New(io.Discard, "", 0),
		TLSConfig:         &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12},
		ReadHeaderTimeout: wait, ReadTimeout: wait, WriteTimeout: 2 * wait, IdleTimeout: 2 * wait, MaxHeaderBytes: largestHeader,
	}
	done := make(chan error, 1)
	go func() { done <- web.ServeTLS(at, "", "") }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), ending)
	defer cancel()
	if err := web.Shutdown(last); err != nil {
		return errors.Join(err, web.Close())
	}
	return nil
}
