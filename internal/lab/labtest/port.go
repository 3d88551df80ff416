package labtest

import (
	"net"
	"sync"
	"testing"
)

var given sync.Map // ports that FreePort gave: the system may offer one again at once

// FreePort gives a TCP port of the loopback address that nobody listens on, and
// that this process has not been given before.
func FreePort(t testing.TB) string {
	t.Helper()
	for {
		port := offered(t)
		if _, twice := given.LoadOrStore(port, true); !twice {
			return port
		}
	}
}

func offered(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, port, _ := net.SplitHostPort(l.Addr().String())
	return port
}
