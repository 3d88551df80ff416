package subject

import (
	"net/url"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/internal/httpdconf/effective"
)

// Vhost is a virtual host, or the main server.
type Vhost struct {
	Tree   *Tree
	Server *effective.Server
	Main   *Vhost // the main server; nil for itself

	// Locations are the <Location>s and <LocationMatch>es in it, in order, those of
	// the main server not included.
	Locations []*httpdconf.Command

	own    map[string][]*httpdconf.Command
	folder *Folder
	doors  []*Door
	read   bool // doors are read
}

func newVhost(t *Tree, s *effective.Server, main *Vhost) *Vhost {
	return &Vhost{Tree: t, Server: s, Main: main, own: map[string][]*httpdconf.Command{}}
}

func (v *Vhost) take(c *httpdconf.Command) {
	switch c.Key() {
	case "<location", "<locationmatch":
		v.Locations = append(v.Locations, c)
	}
	v.own[c.Key()] = append(v.own[c.Key()], c)
}

// At is where the virtual host begins; of the main server the first file that
// somebody has written.
func (v *Vhost) At() finding.Range {
	if v.Server.Command != nil {
		return v.Server.Command.At()
	}
	sources := v.Tree.Conf.Sources
	if sources[0].Path == virtualMain && len(sources) > 1 {
		sources = sources[1:]
	}
	return finding.Range{Path: sources[0].Show}
}

// Name tells people which virtual host it is.
func (v *Vhost) Name() string {
	if v.Server.Command == nil {
		return "the main server"
	}
	name := "<VirtualHost " + v.Server.Command.RawArgs() + ">"
	if v.Server.Name != "" {
		name += " (" + v.Server.Name + ")"
	}
	return name
}

// Own gives the commands of a name (in lower case) that stand directly in it.
func (v *Vhost) Own(key string) []*httpdconf.Command { return v.own[key] }

// Commands gives the commands of a name (in lower case) that count for it: its own,
// or else those of the main server. That is how settings of servers are merged
// that a virtual host replaces as a whole, as all OIDC ones.
func (v *Vhost) Commands(key string) []*httpdconf.Command {
	if own := v.own[key]; len(own) > 0 || v.Main == nil {
		return own
	}
	return v.Main.own[key]
}

// Command gives the command that counts for it: the last of Commands; nil for none.
func (v *Vhost) Command(key string) *httpdconf.Command {
	all := v.Commands(key)
	if len(all) == 0 {
		return nil
	}
	return all[len(all)-1]
}

// Value gives the first argument of the command that counts; "" for none.
func (v *Vhost) Value(key string) string { return Arg(v.Command(key), 0) }

// On reports whether a flag that counts for it is On; otherwise is what holds
// where it is not set.
func (v *Vhost) On(key string, otherwise bool) bool {
	if c := v.Command(key); c != nil {
		return IsOn(Arg(c, 0))
	}
	return otherwise
}

// Arg gives the n-th argument of a command; "" if there is none, or no command.
func Arg(c *httpdconf.Command, n int) string {
	if c == nil {
		return ""
	}
	for word := range c.Args() {
		if n == 0 {
			return word
		}
		n--
	}
	return ""
}

// Folder gives its metadata directory; nil where it names none.
func (v *Vhost) Folder() *Folder { return v.folder }

// RedirectURI gives OIDCRedirectURI; path is "" where there is none, or it cannot
// be read.
func (v *Vhost) RedirectURI() (command *httpdconf.Command, path string) {
	c := v.Command("oidcredirecturi")
	u, err := url.Parse(Arg(c, 0))
	if c == nil || err != nil {
		return c, ""
	}
	return c, u.Path
}

// RelyingParty reports whether mod_auth_openidc is set up as a relying party
// there: it has a provider or a metadata directory, or a redirect URI.
func (v *Vhost) RelyingParty() bool {
	return v.Command("oidcprovidermetadataurl") != nil || v.Command("oidcproviderissuer") != nil ||
		v.Command("oidcmetadatadir") != nil || v.Command("oidcredirecturi") != nil
}

// ResourceServer reports whether mod_auth_openidc is set up to check bearer tokens
// there.
func (v *Vhost) ResourceServer() bool {
	for _, key := range resourceServerKeys() {
		if v.Command(key) != nil {
			return true
		}
	}
	return false
}

func resourceServerKeys() []string {
	return []string{"oidcoauthverifyjwksuri", "oidcoauthverifycertfiles", "oidcoauthverifysharedkeys", "oidcoauthintrospectionendpoint", "oidcoauthservermetadataurl"}
}

// ServesKeystone reports whether requests for Keystone's API come to it: it has
// doors, or a WSGI script of Keystone, or it proxies everything or /v3.
func (v *Vhost) ServesKeystone() bool {
	for _, c := range append(v.Own("wsgiscriptalias"), v.Own("wsgiscriptaliasmatch")...) {
		if strings.Contains(strings.ToLower(c.RawArgs()), "keystone") {
			return true
		}
	}
	for _, c := range append(v.Own("proxypass"), v.Own("proxypassmatch")...) {
		if path := strings.TrimSuffix(Arg(c, 0), "/"); (path == "" || path == "/v3" || path == "/identity") && Arg(c, 1) != "!" && len(v.Doors()) > 0 {
			return true
		}
	}
	return len(v.Doors()) > 0
}

// Port gives the port that clients of the virtual host reach: of its first address;
// 0 is any.
func (v *Vhost) Port() uint16 {
	if len(v.Server.Addrs) == 0 {
		return 0
	}
	return v.Server.Addrs[0].Port
}

// Context gives what holds for a path there.
func (v *Vhost) Context(path string) *effective.Context {
	return v.Server.At(effective.Request{Path: path})
}
