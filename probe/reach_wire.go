package probe

import (
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"net/http/httptrace"
	"sync"
	"time"
)

// wire is what a request has shown of its connection. The zero wire is ready.
type wire struct {
	mu    sync.Mutex
	hop   string // HOST:PORT that was connected to first: the server's, or a proxy's
	state tls.ConnectionState
}

// watch gives a context whose requests are looked at. Of a connection that was
// open already as much is seen as of a new one.
func (w *wire) watch(ctx context.Context) context.Context {
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GetConn: func(hop string) { w.set(func() { w.hop = hop }) },
		GotConn: func(info httptrace.GotConnInfo) {
			if secured, ok := info.Conn.(*tls.Conn); ok {
				w.set(func() { w.state = secured.ConnectionState() })
			}
		},
	})
}

func (w *wire) set(change func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	change()
}

// notes tell of the way to a URL: its proxy, by host alone, and its certificate.
func (w *wire) notes(who, url string, now time.Time) []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	var notes []string
	if at := placeOf(url); w.hop != "" && w.hop != net.JoinHostPort(at.host, at.port) {
		notes = append(notes, fmt.Sprintf("%s is asked through the proxy %s (HTTPS_PROXY)", who, w.hop))
	}
	if len(w.state.PeerCertificates) > 0 {
		notes = append(notes, fmt.Sprintf("%s: %s, %s", who, tls.VersionName(w.state.Version), certificateNote(w.state.PeerCertificates[0], now)))
	}
	return notes
}

// The days left from which they are daysCounted, and from which they are worth a word.
const (
	daysCounted = 90
	daysLast    = 14
)

func certificateNote(c *x509.Certificate, now time.Time) string {
	text := fmt.Sprintf("%s by %s until %s", namedBy(c), cmp.Or(c.Issuer.CommonName, c.Issuer.String()), c.NotAfter.UTC().Format(time.DateOnly))
	days := int(c.NotAfter.Sub(now).Hours() / 24)
	if days < daysCounted {
		text += fmt.Sprintf(", %d days left", days)
	}
	if days < daysLast {
		text += ": renew it"
	}
	return text
}

// namedBy is the subject's name; many certificates have none but those they are for.
func namedBy(c *x509.Certificate) string {
	names := append(append([]string{c.Subject.CommonName}, c.DNSNames...), c.Subject.String())
	return cmp.Or(names...)
}
