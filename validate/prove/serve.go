package prove

import (
	"crypto/tls"
	"io"
	"log"
	"net"
	"net/http"
	"testing"
)

// startIssuers has the provider answer at every port that the fixture names for an issuer.
func (s *Site) startIssuers(t testing.TB, set *settings) {
	t.Helper()
	s.provider = newProvider(set.issuers)
	server := &http.Server{Handler: s.provider, ErrorLog: log.New(io.Discard, "", 0)} // refused handshakes are what fixtures are about
	t.Cleanup(func() { server.Close() })
	for _, e := range s.network.endpoints {
		listener, err := s.world.listen(net.JoinHostPort(issuerAddress, e.port))
		if err != nil {
			t.Fatal(err)
		}
		if e.tls {
			listener = tls.NewListener(listener, &tls.Config{GetCertificate: s.ca.forHello})
		}
		go func() { _ = server.Serve(listener) }() // it ends with the test
	}
}
