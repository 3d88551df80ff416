package effective

import (
	"net/netip"
	"slices"
	"strings"
	"sync"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
)

// Config is the servers of a configuration.
type Config struct {
	Main   *Server
	Hosts  []*Server // virtual hosts in the order of the files
	Listen []*httpdconf.Command

	byAddress []*chain // of addresses
	byDefault []*chain // of `*` and _default_
}

// Server is the main server or a virtual host. Command is nil for the main one.
type Server struct {
	Command *httpdconf.Command
	Name    string   // host of ServerName; "" if there is none
	Aliases []string // of all ServerAlias, wildcards too
	Addrs   []Addr

	main    *Server
	names   *names // of the main server: those that settings were asked by
	layer   *Layer
	dirs    []*section // <Directory>, <DirectoryMatch>
	urls    []*section // <Location>, <LocationMatch>
	proxies []*section // <Proxy>, <ProxyMatch>
	index   *index     // of urls, those of the main server included
	indexed sync.Once
}

// Addr is one address of a <VirtualHost>. Port 0 is any port.
type Addr struct {
	IP   netip.Addr // invalid for `*` and _default_
	Port uint16
	Text string // as it is written
}

// New reads the servers. The findings tell of addresses that only DNS knows.
func New(tree *httpdconf.Tree) (*Config, finding.List) {
	c := &Config{Main: &Server{names: &names{}, layer: &Layer{Kind: MainServer, Certain: true, known: &known{}}}}
	c.Main.main = c.Main
	var found finding.List
	for command := range tree.Top() {
		switch command.Key() {
		case "<virtualhost":
			host := &Server{Command: command, main: c.Main, layer: &Layer{Kind: VirtualHost, Section: command, Certain: true, known: &known{}}}
			host.addresses(&found)
			for child := range command.Children() {
				host.take(child)
			}
			c.Hosts = append(c.Hosts, host)
		case "listen":
			c.Listen = append(c.Listen, command)
			c.Main.take(command)
		default:
			c.Main.take(command)
		}
	}
	c.finish()
	return c, found
}

// take adds one command of the server's own level.
func (s *Server) take(c *httpdconf.Command) {
	switch c.Key() {
	case "<directory", "<directorymatch":
		s.dirs = append(s.dirs, newSection(c, Directory))
		return
	case "<location", "<locationmatch":
		s.urls = append(s.urls, newSection(c, Location))
		return
	case "<proxy", "<proxymatch":
		s.proxies = append(s.proxies, newSection(c, Proxy))
		return
	case "servername":
		s.Name = hostOf(first(c.Argv()))
	case "serveralias":
		s.Aliases = append(s.Aliases, c.Argv()...)
	}
	s.layer.Commands = append(s.layer.Commands, c)
}

func first(words []string) string {
	if len(words) == 0 {
		return ""
	}
	return words[0]
}

// hostOf takes scheme and port from a ServerName.
func hostOf(name string) string {
	if _, rest, ok := strings.Cut(name, "://"); ok {
		name = rest
	}
	if i := strings.LastIndexByte(name, ':'); i >= 0 && !strings.HasSuffix(name, "]") {
		name = name[:i]
	}
	return name
}

func (c *Config) finish() {
	for _, h := range c.Hosts {
		if h.Name == "" && h.hasWildcard() {
			h.Name = c.Main.Name
		}
		h.dirs = ordered(c.Main.dirs, h.dirs)
		h.urls = slices.Concat(c.Main.urls, h.urls)
		h.proxies = slices.Concat(c.Main.proxies, h.proxies)
	}
	c.Main.dirs = ordered(nil, c.Main.dirs)
	c.chains()
}

func (s *Server) hasWildcard() bool {
	for _, a := range s.Addrs {
		if !a.IP.IsValid() || a.IP.IsUnspecified() {
			return true
		}
	}
	return false
}
