package templates

import (
	"net"
	"net/netip"
	"net/url"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
)

// listen is the public port, or address and port. Beside a proxy that has the same
// port on the same host, it is the controller's own address.
func (j *job) listen() string {
	port := j.listenGiven()
	if own := j.ownAddress(); own != "" && j.platform.Layout.BesideProxy && !strings.Contains(port, ":") {
		return net.JoinHostPort(own, port)
	}
	return port
}

func (j *job) listenGiven() string {
	if given := j.fed.HTTPD.Listen.Value; given != "" {
		return given
	}
	u, err := url.Parse(j.fed.Keystone.URL.Value)
	if err != nil || u.Port() == "" {
		return "443"
	}
	return u.Port()
}

// ownAddress is the IP address of the controller that is rendered for; "" where it has
// none, or only a name.
func (j *job) ownAddress() string {
	for _, c := range j.fed.Controllers {
		if c.Name.Value == j.in.Controller {
			if _, err := netip.ParseAddr(c.Address.Value); err == nil {
				return c.Address.Value
			}
		}
	}
	return ""
}

// checkListen warns where httpd would take every address of a host on which the proxy
// needs one.
func (j *job) checkListen() {
	if j.platform.Layout.BesideProxy && !strings.Contains(j.listen(), ":") {
		j.findings = append(j.findings, finding.Finding{
			Slug: "listen-beside-proxy", Severity: finding.Warning, At: j.fed.HTTPD.Listen.At,
			Message: "httpd listens on every address, of which " + j.platform.Title + " gives one and the same port to its proxy",
			Hint:    "controllers: {CONTROLLER: ADDRESS} with the inventory's names, or listen: \"ADDRESS:PORT\"",
		})
	}
}
