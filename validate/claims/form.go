package claims

import (
	"net/url"
	"strings"

	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/subject"
)

// form is how the claims of a login come to Keystone, of one virtual host and all its
// doors at which they come alike.
type form struct {
	look
	Door      *subject.Door // the first of them
	Protocols map[string]bool
	Doors     []any
}

// look is what makes forms different.
type look struct {
	Vhost    *subject.Vhost
	OAuth2   bool // mod_oauth2 sets the claims, else mod_auth_openidc
	Prefix   string
	PassAs   string // both, headers, environment, none
	Encoding string // "" where none is named
	Proxied  bool   // requests go on by HTTP, which hands on headers alone
	Browser  bool
	Tokens   bool

	PrefixAt, PassAt *httpdconf.Command // nil: the module's default
}

// env reports whether claims come in the environment, under their own names.
func (l look) env() bool { return !l.Proxied && (l.PassAs == "both" || l.PassAs == "environment") }

// headers reports whether claims come as headers, whose names httpd takes: it drops
// those with anything but letters, digits and dashes.
func (l look) headers() bool {
	return (l.PassAs == "both" || l.PassAs == "headers") && (l.Proxied || headerSafe(l.Prefix))
}

// claim gives what a variable holds, if it is one of this form's: the claim's name, as
// far as it can be told from that of a header.
func (l look) claim(variable string) (name string, header, ok bool) {
	if rest, is := strings.CutPrefix(variable, l.Prefix); is && l.env() && l.Prefix != "" && rest != "" {
		return rest, false, true
	}
	if rest, is := strings.CutPrefix(variable, headerName(l.Prefix)); is && l.headers() && rest != "" {
		return strings.ToLower(rest), true, true
	}
	return "", false, false
}

// ofPrefix reports whether a variable has the prefix, in one of the two ways.
func (l look) ofPrefix(variable string) bool {
	return l.Prefix != "" && (strings.HasPrefix(variable, l.Prefix) || headerSafe(l.Prefix) && strings.HasPrefix(variable, headerName(l.Prefix)))
}

// variable gives the name under which a claim comes; "" where it does not.
func (l look) variable(claim string) string {
	switch {
	case l.env():
		return l.Prefix + claim
	case l.headers() && headerSafe(claim):
		return headerName(l.Prefix + claim)
	}
	return ""
}

// module names who sets the claims.
func (l look) module() string {
	if l.OAuth2 {
		return "mod_oauth2"
	}
	return "mod_auth_openidc"
}

// prefixAt is the command that says how claims are named, or the nearest to it.
func (f *form) prefixAt() *httpdconf.Command { return first(f.PrefixAt, f.Door.Section) }

func (f *form) passAt() *httpdconf.Command { return first(f.PassAt, f.Door.Section) }

func first(commands ...*httpdconf.Command) *httpdconf.Command {
	for _, c := range commands {
		if c != nil {
			return c
		}
	}
	return nil
}

// headerSafe reports whether httpd hands on a header of this name (server/util_script.c,
// http2env).
func headerSafe(name string) bool {
	for i := range len(name) {
		if c := name[i]; c != '-' && (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'z') {
			return false
		}
	}
	return name != ""
}

// headerName is the variable that a header becomes.
func headerName(header string) string {
	return "HTTP_" + strings.ToUpper(strings.ReplaceAll(header, "-", "_"))
}

// oauth2Look reads OAuth2TargetPass. Up to liboauth2 2.2 envvars=off counts only
// where headers= stands beside it (oauth2_cfg_target_pass_get_as_envvars).
func (l *look) oauth2Look(text string) {
	l.OAuth2, l.Prefix, l.PassAs, l.Encoding = true, "OAUTH2_CLAIM_", "both", ""
	options, err := url.ParseQuery(text)
	if err != nil {
		return
	}
	if p := options.Get("prefix"); p != "" {
		l.Prefix = p
	}
	env, headers := !isOff(options.Get("envvars")), !isOff(options.Get("headers"))
	switch {
	case headers && !env && options.Has("headers"):
		l.PassAs = "headers"
	case env && !headers:
		l.PassAs = "environment"
	case !env && !headers:
		l.PassAs = "none"
	}
}

func isOff(word string) bool { return word == "false" || word == "off" || word == "0" || word == "no" }
