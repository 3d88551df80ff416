package login

import (
	"net/url"
	"path"
	"strings"

	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/subject"
)

// party is a virtual host at which browsers log in: a relying party.
type party struct {
	*subject.Vhost
	Redirect *httpdconf.Command // OIDCRedirectURI
	URI      *url.URL           // its value; Host is "" where it is relative
	Logins   []*subject.Door    // where logins begin: websso paths that send browsers to an issuer
	Open     []*subject.Door    // those of them for which no OIDCDiscoverURL says where to

	usual string // how an OIDCDiscoverURL begins that names an issuer
}

// newParty gives a virtual host as a relying party; nil where it is none, or where
// the redirect URI is that of others.
func newParty(vhost *subject.Vhost) *party {
	c := vhost.Command("oidcredirecturi")
	if c == nil {
		return nil
	}
	u, err := url.Parse(subject.Arg(c, 0))
	v := &party{Vhost: vhost, Redirect: c, URI: u, usual: subject.Arg(c, 0) + "?iss="}
	for _, d := range vhost.Doors() {
		if (d.Kind == subject.WebSSO || d.Kind == subject.GlobalWebSSO) && d.Browser() {
			v.Logins = append(v.Logins, d)
		}
	}
	own := len(vhost.Own("oidcredirecturi")) > 0 && (vhost.Main != nil || len(vhost.Tree.Vhosts) == 1)
	if err != nil || !usable(u) || !own && len(v.Logins) == 0 {
		return nil
	}
	return v
}

// usable reports whether a redirect URI is one that httpd starts with.
func usable(u *url.URL) bool {
	return u.Host != "" && (u.Scheme == "https" || u.Scheme == "http") || u.Scheme == "" && u.Host == "" && strings.HasPrefix(u.Path, "/")
}

// path is the redirect URI's, at least /.
func (v *party) path() string {
	if v.URI.Path == "" {
		return "/"
	}
	return v.URI.Path
}

// callback gives the door of the redirect URI; nil where no section names it.
func (v *party) callback() *subject.Door {
	for _, d := range v.Doors() {
		if d.Kind == subject.Callback {
			return d
		}
	}
	return nil
}

// many reports whether the issuers are those of a metadata directory.
func many(v *subject.Vhost) bool { return v.Command("oidcmetadatadir") != nil }

// named reports whether a virtual host has a name, by ServerName or ServerAlias.
func named(v *subject.Vhost, host string) bool {
	if strings.EqualFold(v.Server.Name, host) {
		return true
	}
	for _, a := range v.Server.Aliases {
		if ok, err := path.Match(strings.ToLower(a), strings.ToLower(host)); ok && err == nil {
			return true
		}
	}
	return false
}

// serverName gives what ServerName says, with its scheme and port; "" for none.
func serverName(v *subject.Vhost) string {
	own := v.Own("servername")
	if len(own) == 0 {
		return ""
	}
	return subject.Arg(own[len(own)-1], 0)
}

// isBrowser reports whether an AuthType sends browsers to an issuer.
func isBrowser(authType string) bool {
	return strings.EqualFold(authType, "openid-connect") || strings.EqualFold(authType, "auth-openidc")
}

// tokensOnly reports whether the redirect URI takes bearer tokens and nothing else.
func (v *party) tokensOnly() bool {
	kind := v.Context(v.path()).Setting("AuthType").Value()
	return strings.EqualFold(kind, "oauth20") || strings.EqualFold(kind, "oauth2")
}

// secure reports whether httpd takes requests to the virtual host as made by https:
// it speaks TLS, or ServerName says so (server/core.c, ap_http_scheme).
func (v *party) secure() bool {
	engine := v.Command("sslengine")
	return engine != nil && !strings.EqualFold(subject.Arg(engine, 0), "off") || strings.HasPrefix(strings.ToLower(serverName(v.Vhost)), "https://")
}
