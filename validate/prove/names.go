package prove

import (
	"cmp"
	"fmt"
	"net/netip"
	"regexp"
	"slices"
	"strings"
)

// issuerAddress is where the issuers of this process answer inside a world.
const issuerAddress = "127.0.1.1"

// endpoint is a port of an issuer's host and whether TLS is spoken there.
type endpoint struct {
	port string
	tls  bool
}

// network is what a fixture's text says of addresses and names.
type network struct {
	listens   []netip.AddrPort // of httpd; the unspecified address where it has none
	own       []string         // names of httpd's virtual hosts
	issuers   []string         // all other names of example.{org,com,net}
	endpoints []endpoint
	real      map[string]string // addresses of the hosts at which the lab's provider answers
}

var (
	listenLine = regexp.MustCompile(`(?mi)^[ \t]*Listen[ \t]+"?(\S+?)"?(?:[ \t]+\S+)?[ \t]*$`)
	ownName    = regexp.MustCompile(`(?mi)^[ \t]*(?:ServerName|ServerAlias)[ \t]+"?(?:https?://)?([A-Za-z0-9.-]+)`)
	anyURL     = regexp.MustCompile(`(https?)://([A-Za-z0-9.-]+\.example\.(?:org|com|net))(?::([0-9]{1,5}))?`)
)

// readNetwork reads them out of a fixture.
func (l *layout) readNetwork() network {
	n := network{own: []string{"keystone.example.org"}, issuers: []string{"op1.example.org", "op2.example.org"},
		endpoints: []endpoint{{"443", true}, {"80", false}}}
	conf := l.conf()
	for _, m := range listenLine.FindAllStringSubmatch(conf, -1) {
		n.listens = append(n.listens, listenAddress(m[1])...)
	}
	for _, m := range ownName.FindAllStringSubmatch(conf, -1) {
		n.own = append(n.own, strings.ToLower(m[1]))
	}
	for _, m := range anyURL.FindAllStringSubmatch(conf, -1) {
		n.addURL(m[1] == "https", strings.ToLower(m[2]), m[3])
	}
	n.own, n.issuers = unique(n.own), unique(n.issuers)
	return n
}

func (n *network) addURL(tls bool, host, port string) {
	if slices.Contains(n.own, host) {
		return
	}
	n.issuers = append(n.issuers, host)
	taken := slices.ContainsFunc(n.endpoints, func(e endpoint) bool { return e.port == port })
	if port != "" && !taken {
		n.endpoints = append(n.endpoints, endpoint{port, tls})
	}
}

// listenAddress reads a Listen's argument; one that httpd will refuse gives nothing.
func listenAddress(arg string) []netip.AddrPort {
	if !strings.Contains(arg, ":") {
		arg = "0.0.0.0:" + arg
	}
	a, err := netip.ParseAddrPort(strings.Replace(arg, "*:", "0.0.0.0:", 1))
	if err != nil {
		return nil
	}
	return []netip.AddrPort{a}
}

// extra are the addresses that the loopback interface has to be given.
func (n network) extra() []netip.Addr {
	var all []netip.Addr
	for _, l := range n.listens {
		if a := l.Addr(); a.Is4() && !a.IsLoopback() && !a.IsUnspecified() && !slices.Contains(all, a) {
			all = append(all, a)
		}
	}
	return all
}

// address is where httpd answers on a port.
func (n network) address(port int) string {
	for _, l := range n.listens {
		if int(l.Port()) == port && !l.Addr().IsUnspecified() {
			return l.String()
		}
	}
	return fmt.Sprintf("127.0.0.1:%d", port)
}

// issuerAt is the address of an issuer's host.
func (n network) issuerAt(host string) string { return cmp.Or(n.real[host], issuerAddress) }

// resolve is what /etc/hosts says of an issuer's host.
func (n network) resolve(host string) (string, error) {
	if !slices.Contains(n.issuers, host) {
		return "", fmt.Errorf("no such host: %s", host)
	}
	return n.issuerAt(host), nil
}

// hosts is the world's /etc/hosts.
func (n network) hosts() string {
	own := "127.0.0.1"
	if extra := n.extra(); len(extra) > 0 {
		own = extra[0].String()
	}
	lines := fmt.Sprintf("127.0.0.1 %s localhost\n%s %s\n", hostName, own, strings.Join(n.own, " "))
	for _, host := range n.issuers {
		lines += n.issuerAt(host) + " " + host + "\n"
	}
	return lines
}

func unique[T cmp.Ordered](all []T) []T {
	slices.Sort(all)
	return slices.Compact(all)
}
