package subject

import (
	"net/netip"
	"net/url"
	"strconv"
	"strings"

	"github.com/fedstone/fedstone/internal/httpdconf/effective"
)

// Inner gives the door behind this one, where a ProxyPass hands requests on to a
// virtual host of the same tree; the door itself where none does. known is false
// where requests go on to a server that the tree does not hold.
func (d *Door) Inner() (inner *Door, known bool) {
	target := d.proxied()
	if target == nil {
		return d, true
	}
	v := d.hostOf(target)
	if v == nil || v == d.Vhost {
		return d, false
	}
	for _, other := range v.Doors() {
		if other.Path == target.Path && other.Kind == d.Kind {
			return other, true
		}
	}
	return &Door{Vhost: v, Section: d.Section, Kind: d.Kind, Prefix: d.Prefix, IdP: d.IdP, Protocol: d.Protocol, Path: target.Path}, true
}

// proxied gives the address that requests to the door go on to; nil for none.
func (d *Door) proxied() *url.URL {
	commands := d.Setting("ProxyPass").Commands
	if len(commands) == 0 {
		return nil
	}
	c := commands[0]
	if c.Parent() == nil || !strings.HasPrefix(c.Parent().Key(), "<location") {
		return d.proxiedByPath()
	}
	return address(Arg(c, 0), "", d.Path)
}

// proxiedByPath reads the ProxyPass of servers, which name the path: the first
// that fits counts (mod_proxy.c, ap_proxy_trans_match).
func (d *Door) proxiedByPath() *url.URL {
	for _, c := range d.Setting("ProxyPass").Commands {
		words := c.Argv()
		if len(words) < 2 || !under(words[0], d.Path) {
			continue
		}
		if words[1] == "!" {
			return nil
		}
		return address(words[1], words[0], d.Path)
	}
	return nil
}

func under(prefix, path string) bool {
	rest, ok := strings.CutPrefix(path, prefix)
	return ok && (rest == "" || strings.HasSuffix(prefix, "/") || rest[0] == '/')
}

// address is where a path goes; from is the prefix that the target's takes the
// place of, "" where the target is the whole.
func address(target, from, path string) *url.URL {
	u, err := url.Parse(target)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" {
		return nil
	}
	if from != "" {
		u.Path = strings.TrimSuffix(u.Path, "/") + "/" + strings.TrimPrefix(strings.TrimPrefix(path, from), "/")
	}
	return u
}

// hostOf gives the virtual host of the tree that takes the request; nil if none
// listens at the address.
func (d *Door) hostOf(u *url.URL) *Vhost {
	port, err := strconv.ParseUint(u.Port(), 10, 16)
	ip, bad := netip.ParseAddr(strings.Replace(u.Hostname(), "localhost", "127.0.0.1", 1))
	if err != nil || bad != nil || !ip.IsLoopback() {
		return nil
	}
	server := d.Vhost.Tree.Config.Select(netip.AddrPortFrom(ip, uint16(port)), d.hostHeader(u))
	for _, a := range server.Addrs {
		if a.Port == uint16(port) {
			return d.Vhost.Tree.owner[server.Command]
		}
	}
	return nil
}

// hostHeader is the Host that the request goes on with.
func (d *Door) hostHeader(u *url.URL) string {
	if !strings.EqualFold(d.Setting("ProxyPreserveHost").Value(), "on") {
		return u.Host
	}
	host := d.Vhost.Server.Name
	for _, c := range d.Setting("RequestHeader").Commands {
		if words := c.Argv(); len(words) > 2 && strings.EqualFold(words[0], "set") && strings.EqualFold(words[1], "Host") && !effective.Early(c) {
			host = words[2]
		}
	}
	return host
}
