package prove

import (
	"fmt"
	"net"
	"net/netip"

	"golang.org/x/sys/unix"
)

// loopbackUp brings the loopback interface of this thread's network up.
func loopbackUp() error {
	return onInterface("lo", func(fd int, r *unix.Ifreq) error {
		r.SetUint16(unix.IFF_UP | unix.IFF_RUNNING)
		return unix.IoctlIfreq(fd, unix.SIOCSIFFLAGS, r)
	})
}

// addAddress gives the loopback interface one more IPv4 address, the n-th.
func addAddress(n int, a netip.Addr) error {
	return onInterface(fmt.Sprintf("lo:%d", n), func(fd int, r *unix.Ifreq) error {
		if err := r.SetInet4Addr(a.AsSlice()); err != nil {
			return err
		}
		return unix.IoctlIfreq(fd, unix.SIOCSIFADDR, r)
	})
}

func onInterface(name string, f func(fd int, r *unix.Ifreq) error) error {
	fd, err := unix.Socket(unix.AF_INET, unix.SOCK_DGRAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return err
	}
	defer unix.Close(fd)
	r, err := unix.NewIfreq(name)
	if err != nil {
		return err
	}
	if err := f(fd, r); err != nil {
		return fmt.Errorf("interface %s: %w", name, err)
	}
	return nil
}

// dial connects to an address inside the world.
func (w *world) dial(address string) (c net.Conn, err error) {
	err = w.do(func() error { c, err = net.Dial("tcp", address); return err })
	return c, err
}

// listen listens on an address inside the world.
func (w *world) listen(address string) (l net.Listener, err error) {
	err = w.do(func() error { l, err = net.Listen("tcp", address); return err })
	return l, err
}
