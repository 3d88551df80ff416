package spec

import (
	"fmt"
	"net"
	"net/netip"
	"strings"
)

func (l *loader) httpd(f *Federation) {
	h := &f.HTTPD
	l.listen(h.Listen)
	if h.TLS != nil {
		l.targetPath(h.TLS.Certificate, "httpd.tls.certificate")
		l.targetPath(h.TLS.Key, "httpd.tls.key")
	}
	l.targetPath(h.CABundle, "httpd.ca_bundle")
	l.localPath(h.CAFile, "httpd.ca_file")
	if h.CABundle.Given() && h.CAFile.Given() {
		l.fail("ca-twice", h.CAFile.At, "httpd.ca_file is rendered to a place of its own, and httpd.ca_bundle names another", "leave one of the two out")
	}
	l.plainPlatform(f)
	l.uwsgi(h.UWSGI)
	if h.Listen.Value == fmt.Sprint(h.GatePort.Value) || strings.HasSuffix(h.Listen.Value, fmt.Sprintf(":%d", h.GatePort.Value)) {
		l.fail("gate-port", h.Listen.At, fmt.Sprintf("port %d is both httpd.listen and httpd.gate_port", h.GatePort.Value), "gate_port: 5051")
	}
	l.cache(f)
	l.sharedCache(f)
}

// listen is what httpd's Listen takes: a port, or an address and a port.
func (l *loader) listen(t Text) {
	if !t.Given() || portNumber(t.Value) {
		return
	}
	host, port, err := net.SplitHostPort(t.Value)
	address, bad := netip.ParseAddr(host)
	if err != nil || bad != nil || address.Zone() != "" || !portNumber(port) {
		l.fail("bad-address", t.At, fmt.Sprintf("httpd.listen %s: expected a port, or ADDRESS:PORT", show(t.Value)), `listen: "10.0.0.10:5000"`)
	}
}

// uwsgi is a socket of TCP. Who reaches it logs in as whomever they name: it must
// not leave the host.
func (l *loader) uwsgi(t Text) {
	host, port, err := net.SplitHostPort(t.Value)
	address, bad := netip.ParseAddr(host)
	if t.Given() && (err != nil || bad != nil || !address.IsLoopback() || !portNumber(port)) {
		l.fail("bad-address", t.At, fmt.Sprintf("httpd.uwsgi %s: expected a loopback address and a port; whoever reaches Keystone's uwsgi socket can claim to be anybody", show(t.Value)), "uwsgi: 127.0.0.1:35358")
	}
}

func (l *loader) hostPort(t Text, what string) {
	host, port, err := net.SplitHostPort(t.Value)
	if err != nil || !portNumber(port) || !hostOrAddress(host) {
		l.fail("bad-address", t.At, fmt.Sprintf("%s %s: expected HOST:PORT", what, show(t.Value)), "10.0.0.11:11211")
	}
}

func hostOrAddress(host string) bool {
	address, err := netip.ParseAddr(host)
	if err == nil {
		return address.Zone() == ""
	}
	return len(host) <= 253 && hostName().MatchString(host)
}

func (l *loader) controllers(all []Controller) {
	var names []Text
	for _, c := range all {
		names = append(names, c.Name)
		l.id(c.Name, "controller name")
		if c.Address.Given() && !hostOrAddress(c.Address.Value) {
			l.fail("bad-address", c.Address.At, fmt.Sprintf("address %s of a controller: expected an IP address or a host name", show(c.Address.Value)), "")
		}
	}
	l.collide("controller-collision", "controller", names)
}
