package lab

import (
	"errors"
	"fmt"
	"net"
	"strconv"
	"syscall"
)

// Offsets from BasePort. The gate (inner vhosts on one loopback port) belongs to the rendered configuration.
const (
	portKeystone = 0
	portGate     = 51
	portHorizon  = 80
	portSecond   = 81 // where tests start a second Horizon
	portKeycloak = 443
	portLight    = 444
	lastOffset   = portLight
)

type port struct {
	offset  int
	service string
}

// ports are the ones that these options will listen on.
func (o *Options) ports() []port {
	used := []port{{portKeystone, "Keystone"}, {portGate, "the gate's inner vhosts"}}
	if o.Horizon {
		used = append(used, port{portHorizon, "Horizon"}, port{portSecond, "a second Horizon"})
	}
	if o.Keycloak {
		used = append(used, port{portKeycloak, "Keycloak"})
	}
	if o.Light {
		used = append(used, port{portLight, "the light OpenID Provider"})
	}
	return used
}

// checkPorts refuses a block in which a port is taken, on any address, or out of range.
func checkPorts(o *Options) error {
	if o.BasePort < 1 || o.BasePort+lastOffset > 65535 {
		return fmt.Errorf("base port %d: the block of ports ends at base+%d and must lie within 1 and 65535", o.BasePort, lastOffset)
	}
	var taken []error
	for _, p := range o.ports() {
		if err := portFree(o.BasePort + p.offset); err != nil {
			taken = append(taken, fmt.Errorf("port %d (%s): %w", o.BasePort+p.offset, p.service, err))
		}
	}
	return errors.Join(taken...)
}

// portFree binds the port on every address for a moment, as httpd's `Listen PORT` will.
func portFree(number int) error {
	for _, address := range []string{"127.0.0.1:", ":"} {
		l, err := net.Listen("tcp", address+strconv.Itoa(number))
		if errors.Is(err, syscall.EADDRINUSE) {
			return errors.New("another program listens there; end it or choose another block of ports with --base-port")
		}
		if err != nil {
			return err
		}
		if err := l.Close(); err != nil {
			return err
		}
	}
	return nil
}
