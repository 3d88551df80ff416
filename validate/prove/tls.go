package prove

import (
	"crypto/tls"
	"net"
	"sync"
)

// tlsPorts are the ports at which httpd was found to speak TLS.
type tlsPorts struct{ ports sync.Map }

func (p *tlsPorts) has(port int) bool { _, ok := p.ports.Load(port); return ok }

func (p *tlsPorts) add(port int) { p.ports.Store(port, true) }

// asTLS is the client's side of TLS that takes any certificate: which one a fixture has is not what is asked.
func asTLS(c net.Conn, host string) net.Conn {
	name, _, err := net.SplitHostPort(host)
	if err != nil {
		name = host
	}
	return tls.Client(c, &tls.Config{ServerName: name, InsecureSkipVerify: true})
}
