package oidc

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"net/url"
	"syscall"
)

// Place gives a URL without user, query and fragment: what may be shown.
func Place(u *url.URL) string {
	shown := url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}
	return shown.String()
}

// TransportError turns an error of net/http into an *Error that says which
// layer failed. The text of url.Error is dropped, because it holds the query.
func TransportError(at string, err error) error {
	var own *Error
	if errors.As(err, &own) {
		return own
	}
	kind, got, mend := classifyTransport(err)
	return &Error{Kind: kind, At: at, Got: got, Mend: mend, Err: innermost(err)}
}

func classifyTransport(err error) (kind Kind, got, mend string) {
	var dns *net.DNSError
	var nerr net.Error
	switch {
	case errors.Is(err, context.Canceled):
		return Canceled, "interrupted", ""
	case errors.As(err, &dns) && dns.IsNotFound:
		return DNS, "the host name " + dns.Name + " does not resolve", "check the name in the URL and this machine's resolver"
	case errors.As(err, &dns):
		return DNS, "the host name " + dns.Name + " does not resolve: " + dns.Err, "check this machine's resolver"
	case errors.Is(err, syscall.ECONNREFUSED):
		return Refused, "connection refused", "nothing listens there: start the service, or correct the port"
	case isCertificate(err):
		return certificate(err)
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &nerr) && nerr.Timeout():
		return Timeout, "no complete answer in time", "check routes and firewalls, or raise --timeout"
	case isTLS(err):
		return TLS, "the TLS handshake failed: " + innermost(err).Error(), "TLS 1.2 or newer is needed; check that the port speaks TLS"
	default:
		return Network, "the connection broke: " + innermost(err).Error(), ""
	}
}

func isCertificate(err error) bool {
	var verify *tls.CertificateVerificationError
	return errors.As(err, &verify)
}

func certificate(err error) (kind Kind, got, mend string) {
	var authority x509.UnknownAuthorityError
	var host x509.HostnameError
	var invalid x509.CertificateInvalidError
	switch {
	case errors.As(err, &authority):
		return Untrusted, "the certificate is signed by an authority that is not trusted here", "name the CA's PEM file with --ca-file or keystone.ca_file"
	case errors.As(err, &host):
		return Untrusted, "the certificate is for another host name: " + host.Error(), "use the name in the certificate, or issue one for this name"
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return Untrusted, "the certificate is not valid now: " + invalid.Error(), "renew it, or set this machine's clock"
	default:
		return Untrusted, "the certificate is not accepted: " + innermost(err).Error(), ""
	}
}

func isTLS(err error) bool {
	var record tls.RecordHeaderError
	var alert tls.AlertError
	var op *net.OpError
	return errors.Is(err, http.ErrSchemeMismatch) || errors.As(err, &record) || errors.As(err, &alert) ||
		errors.As(err, &op) && op.Op == "remote error"
}

func innermost(err error) error {
	for {
		below := errors.Unwrap(err)
		if below == nil {
			return err
		}
		err = below
	}
}
