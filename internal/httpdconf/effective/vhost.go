package effective

import (
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
)

// addresses reads the arguments of a <VirtualHost> (get_addresses in
// server/vhost.c). httpd asks DNS for names; here only localhost is known, and
// the others are told and left out.
func (s *Server) addresses(found *finding.List) {
	for _, w := range s.Command.Words() {
		addr, ok := parseAddr(w.Value)
		if !ok {
			*found = append(*found, finding.Finding{
				Slug: "httpd-assumed", Severity: finding.Info, At: w.At,
				Message: "which address the name stands for cannot be told here; it is taken as one that gets no request",
				Hint:    "write an IP address, or *",
			})
			continue
		}
		s.Addrs = append(s.Addrs, addr)
	}
}

func parseAddr(text string) (Addr, bool) {
	a := Addr{Text: text}
	host, port := text, ""
	if i := strings.LastIndexByte(text, ':'); i >= 0 && !strings.HasSuffix(text, "]") {
		host, port = text[:i], text[i+1:]
	}
	if port != "" && port != "*" {
		n, err := strconv.ParseUint(port, 10, 16)
		if err != nil {
			return a, false
		}
		a.Port = uint16(n)
	}
	a.Text = host
	switch strings.ToLower(host) {
	case "*", "_default_":
		return a, true
	case "localhost":
		host = "127.0.0.1"
	}
	ip, err := netip.ParseAddr(strings.Trim(host, "[]"))
	if err != nil {
		return a, false
	}
	if a.IP = ip.Unmap(); a.IP == netip.IPv4Unspecified() || a.IP == netip.IPv6Unspecified() {
		a.IP = netip.Addr{}
	}
	return a, true
}

// chain is the servers of one address (ipaddr_chain in server/vhost.c).
type chain struct {
	addr    Addr
	server  *Server // where no name decides
	names   []named // in the order of the files; while they are added, the other way round
	initial named   // the first that was added, while it is the only one
}

type named struct {
	server *Server
	addr   Addr
}

// add is add_name_vhost_config. Servers come in from the last to the first.
func (c *chain) add(s *Server, a Addr) {
	c.server = s
	switch {
	case len(c.names) > 0:
		c.names = append(c.names, named{s, a})
	case c.initial.server == nil:
		c.initial = named{s, a}
	default:
		c.names = []named{c.initial, {s, a}}
	}
}

// chains is ap_fini_vhost_config.
func (c *Config) chains() {
	for i := len(c.Hosts) - 1; i >= 0; i-- {
		s := c.Hosts[i]
		for j, a := range s.Addrs {
			if a.IP.IsValid() {
				c.enter(&c.byAddress, s, a)
			} else if !repeats(s.Addrs[:j], a) || find(c.byDefault, a) == nil {
				c.enter(&c.byDefault, s, a)
			}
		}
	}
	for _, in := range slices.Concat(c.byAddress, c.byDefault) {
		slices.Reverse(in.names)
	}
}

// repeats reports whether the address in front is a wildcard of the same port.
func repeats(before []Addr, a Addr) bool {
	return len(before) > 0 && !before[len(before)-1].IP.IsValid() && before[len(before)-1].Port == a.Port
}

func (c *Config) enter(list *[]*chain, s *Server, a Addr) {
	in := find(*list, a)
	if in == nil || in.addr.Port != a.Port {
		in = &chain{addr: a, server: s}
		*list = append([]*chain{in}, *list...)
	}
	in.add(s, a)
}

// find is find_ipaddr and find_default_server: the port itself, or any port.
func find(list []*chain, a Addr) *chain {
	var wild *chain
	for _, c := range list {
		if c.addr.IP != a.IP {
			continue
		}
		if c.addr.Port == a.Port {
			return c
		}
		if wild == nil && (c.addr.Port == 0 || a.IP.IsValid() && a.Port == 0) {
			wild = c
		}
	}
	return wild
}

// Select gives the server for a connection to an address of this machine and for
// a host: the Host header of the request, or the name of the TLS handshake where
// there is no request yet. It never gives nil.
func (c *Config) Select(local netip.AddrPort, host string) *Server {
	in := find(c.byAddress, Addr{IP: local.Addr().Unmap(), Port: local.Port()})
	if in == nil {
		in = find(c.byDefault, Addr{Port: local.Port()})
	}
	if in == nil {
		return c.Main
	}
	if s := in.byName(local.Port(), hostHeader(host)); s != nil {
		return s
	}
	return in.server
}

// hostHeader takes the port and the dot from the end of a Host header.
func hostHeader(host string) string {
	if i := strings.LastIndexByte(host, ':'); i >= 0 && !strings.HasSuffix(host, "]") {
		host = host[:i]
	}
	return strings.TrimSuffix(host, ".")
}

// byName is update_server_from_aliases.
func (c *chain) byName(port uint16, host string) *Server {
	if host == "" {
		return nil
	}
	var fallback *Server
	for _, n := range c.names {
		if n.addr.Port != 0 && n.addr.Port != port {
			continue
		}
		if n.server.answers(host) {
			return n.server
		}
		if fallback == nil && strings.EqualFold(host, n.addr.Text) {
			fallback = n.server
		}
	}
	return fallback
}

func (s *Server) answers(host string) bool {
	if strings.EqualFold(host, s.Name) {
		return true
	}
	for _, a := range s.Aliases {
		if wildcard(strings.ToLower(a), strings.ToLower(host)) {
			return true
		}
	}
	return false
}

// wildcard is ap_strcasecmp_match: * and ?, nothing else.
func wildcard(pattern, text string) bool {
	p, t, star, back := 0, 0, -1, 0
	for t < len(text) {
		switch {
		case p < len(pattern) && pattern[p] == '*':
			star, back = p, t
			p++
		case p < len(pattern) && (pattern[p] == '?' || pattern[p] == text[t]):
			p, t = p+1, t+1
		case star >= 0:
			back++
			p, t = star+1, back
		default:
			return false
		}
	}
	return strings.Trim(pattern[p:], "*") == ""
}
