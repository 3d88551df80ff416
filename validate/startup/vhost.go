package startup

import (
	"strings"

	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/subject"
)

// provider gives what makes a virtual host a relying party to mod_auth_openidc; nil
// for nothing.
func provider(v *subject.Vhost) *httpdconf.Command {
	for _, key := range []string{"oidcprovidermetadataurl", "oidcmetadatadir", "oidcproviderissuer"} {
		if c := v.Command(key); c != nil {
			return c
		}
	}
	return nil
}

// verification gives what says by which keys tokens are verified; nil for nothing.
func verification(v *subject.Vhost) *httpdconf.Command {
	for _, key := range []string{"oidcoauthverifyjwksuri", "oidcoauthverifycertfiles", "oidcoauthverifysharedkeys"} {
		if c := v.Command(key); c != nil {
			return c
		}
	}
	return nil
}

// hostOf gives the host, and port where there is one, by which clients call a
// virtual host.
func hostOf(v *subject.Vhost) string {
	name := v.Value("servername")
	if _, rest, ok := strings.Cut(name, "://"); ok {
		name = rest
	}
	if name == "" {
		return "KEYSTONE"
	}
	return name
}

// withinDomain reports whether a host belongs to a cookie's domain.
func withinDomain(host, domain string) bool {
	domain = strings.ToLower(strings.TrimPrefix(domain, "."))
	host = strings.ToLower(host)
	return host == domain || strings.HasSuffix(host, "."+domain)
}
