package cabundle

import (
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/url"
	"time"

	"github.com/fedstone/fedstone/internal/finding"
)

// Shown asks the server of an https URL for the chain that it shows, its own
// certificate first. Nothing is sent but the handshake, and nothing is trusted. It
// goes past proxies.
func Shown(ctx context.Context, place string) ([]*x509.Certificate, error) {
	u, err := url.Parse(place)
	if err != nil || u.Scheme != "https" || u.Hostname() == "" || u.User != nil {
		return nil, errors.New("a server is named by another text than https://HOST[:PORT]/…")
	}
	dialer := tls.Dialer{Config: &tls.Config{InsecureSkipVerify: true, ServerName: u.Hostname(), MinVersion: tls.VersionTLS12}}
	conn, err := dialer.DialContext(ctx, "tcp", net.JoinHostPort(u.Hostname(), cmp.Or(u.Port(), "443")))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", u.Host, err)
	}
	defer conn.Close()
	return conn.(*tls.Conn).ConnectionState().PeerCertificates, nil
}

// Server is the chain that a server shows. Name is for messages.
type Server struct {
	Name  string
	Chain []*x509.Certificate
}

// Against holds servers against the bundle alone: does the chain that each shows end
// in it, and which certificates does none of them need.
func (b *Bundle) Against(servers []Server, now time.Time) finding.List {
	var list finding.List
	used := map[string]bool{}
	for _, s := range servers {
		list = append(list, b.against(s, now, used)...)
	}
	if f, ok := b.unrelated(used); ok && !list.HasErrors() {
		list = append(list, f)
	}
	return list
}

func (b *Bundle) against(s Server, now time.Time, used map[string]bool) finding.List {
	if len(s.Chain) == 0 {
		return finding.List{b.about("ca-server-untrusted", finding.Error, s.Name+" shows no certificate", "see what answers there: openssl s_client -connect HOST:PORT")}
	}
	chains, err := b.chains(s.Chain, now)
	for _, chain := range chains {
		for _, c := range chain {
			used[string(c.Raw)] = true
		}
	}
	if err != nil {
		return finding.List{b.about("ca-server-untrusted", finding.Error, s.untrusted(err), "")}
	}
	return nil
}

// chains gives the ways from a server's certificate to the bundle: to a CA that signs
// itself, or else to any that the bundle holds.
func (b *Bundle) chains(shown []*x509.Certificate, now time.Time) ([][]*x509.Certificate, error) {
	roots, all, between := x509.NewCertPool(), x509.NewCertPool(), x509.NewCertPool()
	for _, c := range b.Certificates {
		all.AddCert(c.Certificate)
		if ownName(c.Certificate) {
			roots.AddCert(c.Certificate)
		} else {
			between.AddCert(c.Certificate)
		}
	}
	for _, c := range shown[1:] {
		between.AddCert(c)
	}
	chains, err := shown[0].Verify(x509.VerifyOptions{Roots: roots, Intermediates: between, CurrentTime: now})
	if err != nil {
		return shown[0].Verify(x509.VerifyOptions{Roots: all, Intermediates: between, CurrentTime: now})
	}
	return chains, nil
}

// untrusted says where the chain breaks off.
func (s Server) untrusted(err error) string {
	var unknown x509.UnknownAuthorityError
	if !errors.As(err, &unknown) {
		return fmt.Sprintf("%s is not trusted with this bundle: %s", s.Name, finding.Printable(err.Error()))
	}
	last := s.Chain[len(s.Chain)-1]
	return fmt.Sprintf("%s is not trusted with this bundle: the chain that it shows ends at %s, signed by %.200q, and no certificate of the bundle fits", s.Name, Name(last), last.Issuer.String())
}

// unrelated tells of certificates that no server's chain needs.
func (b *Bundle) unrelated(used map[string]bool) (finding.Finding, bool) {
	var idle []Certificate
	for _, c := range b.Certificates {
		if !used[string(c.Raw)] {
			idle = append(idle, c)
		}
	}
	if len(idle) == 0 {
		return finding.Finding{}, false
	}
	f := b.about("ca-unrelated", finding.Info, fmt.Sprintf("%d of the %d certificates take no part in a chain that was asked for, such as %s; each may vouch for any host", len(idle), len(b.Certificates), Name(idle[0].Certificate)), "")
	f.At = idle[0].At
	return f, true
}

func (b *Bundle) about(slug string, severity finding.Severity, message, hint string) finding.Finding {
	return finding.Finding{Slug: slug, Severity: severity, At: finding.Range{Path: b.Path}, Message: message, Hint: hintOf(slug, hint)}
}
