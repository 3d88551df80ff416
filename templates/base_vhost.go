package templates

import (
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/internal/httpdconf/effective"
)

// choose finds the vhost of a listen address; of several, the one that has the name of the
// public URL.
func (a *adopted) choose(listen, publicURL string) {
	ip, port := splitListen(listen)
	candidates := a.hostsOf(ip, port)
	if named := answering(candidates, publicURL); len(candidates) > 1 && len(named) > 0 {
		candidates = named
	}
	whole := finding.Range{Path: a.base.Path}
	switch len(candidates) {
	case 0:
		a.find("merge-vhost", whole, fmt.Sprintf("no virtual host of this file is for port %d, where Keystone is reached", port),
			"name the port of its virtual host in federation.yaml (httpd: {listen: PORT}), or another file with --base", a.related(a.config.Hosts)...)
	case 1:
		a.host = candidates[0]
	default:
		a.find("merge-vhost", whole, fmt.Sprintf("%d virtual hosts of this file are for port %d, and their names do not tell which is meant", len(candidates), port),
			"say the address in federation.yaml (httpd: {listen: \"ADDRESS:PORT\"}), or give the right one the ServerName of keystone.url", a.related(candidates)...)
	}
}

func splitListen(listen string) (netip.Addr, uint16) {
	host, port, err := net.SplitHostPort(listen)
	if err != nil {
		host, port = "", listen
	}
	ip, _ := netip.ParseAddr(host)
	number, _ := strconv.ParseUint(port, 10, 16)
	return ip.Unmap(), uint16(number)
}

// hostsOf are the vhosts of the file for an address; without one, for the port.
func (a *adopted) hostsOf(ip netip.Addr, port uint16) []*effective.Server {
	var out []*effective.Server
	for _, h := range a.config.Hosts {
		matches := func(at effective.Addr) bool {
			return at.Port == port && (!ip.IsValid() || ip.IsUnspecified() || !at.IP.IsValid() || at.IP == ip)
		}
		if a.inBase(h.Command) && slices.ContainsFunc(h.Addrs, matches) {
			out = append(out, h)
		}
	}
	return out
}

// answering are those that have the URL's host for a name.
func answering(hosts []*effective.Server, publicURL string) []*effective.Server {
	u, err := url.Parse(publicURL)
	if err != nil {
		return nil
	}
	var out []*effective.Server
	for _, h := range hosts {
		if slices.ContainsFunc(append([]string{h.Name}, h.Aliases...), func(name string) bool { return strings.EqualFold(name, u.Hostname()) }) {
			out = append(out, h)
		}
	}
	return out
}

// mostRelated is of how many vhosts a finding tells.
const mostRelated = 8

func (a *adopted) related(hosts []*effective.Server) []finding.Related {
	var out []finding.Related
	for _, h := range hosts[:min(len(hosts), mostRelated)] {
		message := "this one is for " + strings.Join(h.Command.Argv(), " ")
		if h.Name != "" {
			message += ", its name is " + h.Name
		}
		out = append(out, finding.Related{Message: message, At: h.Command.At()})
	}
	return out
}

// formerNames are what the vhost is called now: it keeps them beside the public one.
func (a *adopted) formerNames(publicURL string) []string {
	set := (a.host.At(effective.Request{Path: "/"})).Setting("ServerName").Commands
	u, err := url.Parse(publicURL)
	if len(set) == 0 || err != nil || !a.within(set[len(set)-1]) || strings.EqualFold(a.host.Name, u.Hostname()) {
		return nil
	}
	return []string{a.host.Name}
}

// within reports whether a command stands in the chosen vhost.
func (a *adopted) within(c *httpdconf.Command) bool {
	for ; c != nil; c = c.Parent() {
		if c == a.host.Command {
			return true
		}
	}
	return false
}
