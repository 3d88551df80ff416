package login

import (
	"net/url"
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

// isBrowser reports whether an AuthType sends browsers to an issuer.
func isBrowser(authType string) bool {
	return strings.EqualFold(authType, "openid-connect") || strings.EqualFold(authType, "auth-openidc")
}

// tokensOnly reports whether the redirect URI takes bearer tokens and nothing else.
func (v *party) tokensOnly() bool {
	kind := v.Context(v.path()).Setting("AuthType").Value()
	return strings.EqualFold(kind, "oauth20") || strings.EqualFold(kind, "oauth2")
}
