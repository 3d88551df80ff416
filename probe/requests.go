package probe

import (
	"cmp"
	"context"
	"crypto/tls"
	"io"
	"net/http"
	"net/http/httptrace"
	"slices"
	"sync"
	"time"

	"github.com/fedstone/fedstone/internal/oidc"
)

// requests writes down what one visit asks, and the certificates that it sees.
type requests struct {
	next  http.RoundTripper
	began time.Time

	mu    sync.Mutex
	list  []*Request
	certs map[string]time.Time
}

// logged gives the client with a transport that writes its requests down.
func logged(client *http.Client, began time.Time) (*http.Client, *requests) {
	log := &requests{next: cmp.Or[http.RoundTripper](client.Transport, http.DefaultTransport), began: began, certs: map[string]time.Time{}}
	own := *client
	own.Transport = log
	return &own, log
}

// through writes down what goes by another transport, too.
func (l *requests) through(next http.RoundTripper) http.RoundTripper { return &by{l, next} }

// by is a transport of its own in the log of a visit.
type by struct {
	log  *requests
	next http.RoundTripper
}

// RoundTrip serves http.RoundTripper.
func (b *by) RoundTrip(r *http.Request) (*http.Response, error) { return b.log.roundTrip(b.next, r) }

// CloseIdleConnections serves http.Client.
func (b *by) CloseIdleConnections() {
	if c, ok := b.next.(interface{ CloseIdleConnections() }); ok {
		c.CloseIdleConnections()
	}
}

// RoundTrip serves http.RoundTripper.
func (l *requests) RoundTrip(r *http.Request) (*http.Response, error) { return l.roundTrip(l.next, r) }

func (l *requests) roundTrip(next http.RoundTripper, r *http.Request) (*http.Response, error) {
	entry := &Request{Method: r.Method, URL: oidc.Place(r.URL), Why: whyOf(r.Context()), Start: time.Since(l.began)}
	l.mu.Lock()
	l.list = append(l.list, entry)
	l.mu.Unlock()
	answer, err := next.RoundTrip(r.WithContext(httptrace.WithClientTrace(r.Context(), l.phases(entry, r.URL.Host))))
	if err != nil {
		l.set(entry, func(e *Request) { e.Done = l.since(e) })
		return nil, err
	}
	l.set(entry, func(e *Request) {
		e.Status, e.RetryAfter, e.MaxAge = answer.StatusCode, retryAfter(answer.Header, time.Now()), maxAge(answer.Header)
	})
	answer.Body = &timed{answer.Body, func() { l.set(entry, func(e *Request) { e.Done = l.since(e) }) }}
	return answer, nil
}

// CloseIdleConnections serves http.Client.
func (l *requests) CloseIdleConnections() {
	if c, ok := l.next.(interface{ CloseIdleConnections() }); ok {
		c.CloseIdleConnections()
	}
}

func (l *requests) phases(e *Request, host string) *httptrace.ClientTrace {
	return &httptrace.ClientTrace{
		DNSDone:              func(httptrace.DNSDoneInfo) { l.set(e, func(e *Request) { e.DNS = l.since(e) }) },
		ConnectDone:          func(string, string, error) { l.set(e, func(e *Request) { e.TCP = l.since(e) }) },
		GotFirstResponseByte: func() { l.set(e, func(e *Request) { e.First = l.since(e) }) },
		TLSHandshakeDone: func(state tls.ConnectionState, err error) {
			l.set(e, func(e *Request) {
				e.TLS = l.since(e)
				if err == nil && len(state.PeerCertificates) > 0 {
					l.certs[host] = state.PeerCertificates[0].NotAfter
				}
			})
		},
	}
}

func (l *requests) since(e *Request) time.Duration { return time.Since(l.began) - e.Start }

func (l *requests) set(e *Request, change func(*Request)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	change(e)
}

// take gives what was asked since it was called last.
func (l *requests) take() []Request {
	l.mu.Lock()
	defer l.mu.Unlock()
	var out []Request
	for _, e := range l.list {
		out = append(out, *e)
	}
	l.list = nil
	return out
}

func (l *requests) certificates() []Certificate {
	l.mu.Lock()
	defer l.mu.Unlock()
	var out []Certificate
	for host, at := range l.certs {
		out = append(out, Certificate{host, at})
	}
	slices.SortFunc(out, func(a, b Certificate) int { return cmp.Compare(a.Host, b.Host) })
	return out
}

// timed tells when a body has been read or given up.
type timed struct {
	io.ReadCloser
	done func()
}

// Close serves io.Closer.
func (t *timed) Close() error {
	t.done()
	return t.ReadCloser.Close()
}

type whyKey struct{}

// because marks the requests of a second question with what it is to tell.
func because(ctx context.Context, why string) context.Context {
	return context.WithValue(ctx, whyKey{}, why)
}

func whyOf(ctx context.Context) string {
	why, _ := ctx.Value(whyKey{}).(string)
	return why
}
