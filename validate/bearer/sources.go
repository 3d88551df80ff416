package bearer

import (
	"strings"

	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/subject"
)

// The directives that say how mod_auth_openidc verifies bearer tokens.
const (
	jwksURI       = "oidcoauthverifyjwksuri"
	certFiles     = "oidcoauthverifycertfiles"
	sharedKeys    = "oidcoauthverifysharedkeys"
	introspection = "oidcoauthintrospectionendpoint"
	metadataURL   = "oidcoauthservermetadataurl"
)

// urlKeys are those that take one URL; a second one takes the first one's place.
func urlKeys() []string { return []string{jwksURI, introspection, metadataURL} }

// keyKeys are those that bring keys.
func keyKeys() []string { return []string{jwksURI, certFiles, sharedKeys} }

// localKeys reports whether a virtual host checks signatures itself.
func localKeys(v *subject.Vhost) bool {
	for _, key := range keyKeys() {
		if v.Command(key) != nil {
			return true
		}
	}
	return false
}

// source gives the command that says how a virtual host verifies tokens.
func source(v *subject.Vhost) *httpdconf.Command {
	for _, key := range append(urlKeys(), certFiles, sharedKeys) {
		if c := v.Command(key); c != nil {
			return c
		}
	}
	return nil
}

// keys gives the words of a directive that takes any number of keys.
func keys(v *subject.Vhost, key string) []httpdconf.Arg {
	var out []httpdconf.Arg
	for _, c := range v.Commands(key) {
		out = append(out, c.Words()...)
	}
	return out
}

// issuerOf gives the issuer whose tokens a door takes, as far as the configuration
// says it for sure; else a word to be filled in.
func issuerOf(d *subject.Door) string {
	if values, exact := d.Require().Claims("iss"); exact && len(values) == 1 {
		return values[0]
	}
	if realm, ok := strings.CutSuffix(d.Vhost.Value(jwksURI), "/protocol/openid-connect/certs"); ok {
		return realm
	}
	if f := d.Vhost.Folder(); f != nil {
		if all := f.With("provider"); len(all) == 1 && all[0].Doc.Get("issuer").Text() != "" {
			return all[0].Doc.Get("issuer").Text()
		}
	}
	return "ISSUER"
}

// described gives what the metadata of an issuer that is at hand says under a name:
// of the door's own virtual host, or of any other on the machine.
func described(v *subject.Vhost, folders []*subject.Folder, issuer, member string) (value string, from *subject.Entry) {
	for _, f := range append([]*subject.Folder{v.Folder()}, folders...) {
		if f == nil {
			continue
		}
		if e := f.Entry(issuer, "provider"); e != nil && e.Doc.Get("issuer").Text() == issuer && e.Doc.Get(member).Text() != "" {
			return e.Doc.Get(member).Text(), e
		}
	}
	return "", nil
}
