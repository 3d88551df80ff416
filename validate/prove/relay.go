package prove

import (
	"io"
	"net"
)

// relay hands connections on to an address inside.
func (s *Site) relay(from net.Listener, to string) {
	for {
		near, err := from.Accept()
		if err != nil {
			return // the test is over
		}
		go func() {
			defer near.Close()
			far, err := s.world.dial(to)
			if err != nil {
				return // the client sees the connection end, and awaitReal asks again
			}
			defer far.Close()
			go func() { _, _ = io.Copy(far, near); _ = far.(*net.TCPConn).CloseWrite() }()
			_, _ = io.Copy(near, far)
		}()
	}
}
