package optest

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
)

// ConnectProxy is an HTTP proxy that makes tunnels (RFC 9110 section 9.3.6), each
// to Target, whatever is asked for: names need not resolve.
type ConnectProxy struct {
	Address string // HOST:PORT
	Target  string // HOST:PORT
	// User and Password are asked for unless User is "".
	User, Password string
	Refuse         int // answers each CONNECT with this status; 0: it does not

	mu    sync.Mutex
	asked []string
}

// StartProxy starts a proxy to target that ends with the test.
func StartProxy(t testing.TB, target string) *ConnectProxy {
	t.Helper()
	p := &ConnectProxy{Target: target}
	web := httptest.NewServer(http.HandlerFunc(p.serve))
	p.Address = web.Listener.Addr().String()
	t.Cleanup(func() {
		web.CloseClientConnections()
		web.Close()
	})
	return p
}

// Asked gives the HOST:PORT of every CONNECT so far, in order.
func (p *ConnectProxy) Asked() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.asked)
}

func (p *ConnectProxy) serve(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	p.asked = append(p.asked, r.Host)
	p.mu.Unlock()
	switch {
	case r.Method != http.MethodConnect:
		w.WriteHeader(http.StatusMethodNotAllowed)
	case !p.known(r):
		w.WriteHeader(http.StatusProxyAuthRequired)
	case p.Refuse != 0:
		w.WriteHeader(p.Refuse)
	default:
		p.tunnel(w)
	}
}

func (p *ConnectProxy) known(r *http.Request) bool {
	as := http.Request{Header: http.Header{"Authorization": r.Header["Proxy-Authorization"]}}
	user, password, _ := as.BasicAuth()
	return p.User == "" || user == p.User && password == p.Password
}

func (p *ConnectProxy) tunnel(w http.ResponseWriter) {
	there, err := net.Dial("tcp", p.Target)
	if err != nil {
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	here, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		_ = there.Close()
		return
	}
	// Not before: the server would read the first byte that the client answers.
	_, _ = io.WriteString(here, "HTTP/1.1 200 OK\r\n\r\n")
	go relay(there, here)
	relay(here, there)
}

func relay(to, from net.Conn) {
	_, _ = io.Copy(to, from)
	_ = to.Close()
	_ = from.Close()
}
