package subject

import (
	"regexp"
	"strings"

	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/internal/httpdconf/effective"
)

// DoorKind says what is behind a door. The zero DoorKind is invalid.
type DoorKind int

// The doors of Keystone's federation (keystone/api/os_federation.py, auth.py).
const (
	InvalidDoor  DoorKind = iota
	Auth                  // …/OS-FEDERATION/identity_providers/{idp}/protocols/{protocol}/auth: a bearer token is exchanged
	WebSSO                // …/auth/OS-FEDERATION/identity_providers/{idp}/protocols/{protocol}/websso: a browser logs in
	GlobalWebSSO          // …/auth/OS-FEDERATION/websso/{protocol}: a browser logs in, the issuer tells the identity provider
	Callback              // the redirect URI: the browser comes back from the issuer
)

// String names the door for people.
func (k DoorKind) String() string {
	return [...]string{"invalid", "auth path", "websso path", "global websso path", "redirect URI"}[k]
}

// Door is a path of the federation that a section names. IdP and Protocol are ""
// where the section names them by an expression or a wildcard, and IdP also where
// the kind has none. Prefix is what stands before /v3, such as /identity.
//
// Path is one that the section holds for: its own, or an example of an expression.
type Door struct {
	Vhost    *Vhost
	Section  *httpdconf.Command
	Kind     DoorKind
	Prefix   string
	IdP      string
	Protocol string
	Path     string
	Pattern  bool // the section is an expression or has wildcards

	context  *effective.Context
	require  *Requirement
	authType string // once it was asked
	asked    bool
}

// Doors gives the doors that the sections of a virtual host name, in their order;
// of the main server's, those in it. Sections that deny everything are none.
func (v *Vhost) Doors() []*Door {
	if !v.read {
		v.read = true
		_, callback := v.RedirectURI()
		for _, c := range v.Locations {
			if d := doorOf(c, callback); d != nil && d.Kind != InvalidDoor {
				d.Vhost = v
				v.doors = append(v.doors, d)
			}
		}
	}
	return v.doors
}

// Doors gives the doors of all virtual hosts.
func (t *Tree) Doors() []*Door {
	if !t.listed {
		t.listed = true
		for _, v := range t.Vhosts {
			t.doors = append(t.doors, v.Doors()...)
		}
	}
	return t.doors
}

func doorOf(c *httpdconf.Command, callback string) *Door {
	path, pattern := sectionPath(c)
	d := &Door{Section: c, Path: path, Pattern: pattern}
	if callback != "" && path == callback {
		d.Kind = Callback
		return d
	}
	if !d.read(path) {
		return nil
	}
	d.IdP, d.Protocol = known(d.IdP), known(d.Protocol)
	return d
}

// read takes a path apart, from its end: there may be a hundred thousand of them.
func (d *Door) read(path string) bool {
	path = strings.TrimSuffix(path, "/")
	rest, last := cutLast(path)
	switch last {
	case "auth", "websso":
		rest, d.Protocol = cutLast(rest)
		rest, ok := strings.CutSuffix(rest, "/protocols")
		rest, d.IdP = cutLast(rest)
		rest, named := strings.CutSuffix(rest, "/OS-FEDERATION/identity_providers")
		if !ok || !named || d.IdP == "" || d.Protocol == "" {
			return d.readGlobal(path)
		}
		if d.Kind = Auth; last == "websso" {
			d.Kind = WebSSO
			if rest, ok = strings.CutSuffix(rest, "/auth"); !ok {
				return false
			}
		}
		d.Prefix, ok = strings.CutSuffix(rest, "/v3")
		return ok
	}
	return d.readGlobal(path)
}

func (d *Door) readGlobal(path string) (ok bool) {
	d.IdP, d.Kind = "", GlobalWebSSO
	path, d.Protocol = cutLast(path)
	d.Prefix, ok = strings.CutSuffix(path, "/v3/auth/OS-FEDERATION/websso")
	return ok && d.Protocol != ""
}

// cutLast gives a path's last segment, and what stands before it.
func cutLast(path string) (rest, last string) {
	i := strings.LastIndexByte(path, '/')
	if i < 0 {
		return "", path
	}
	return path[:i], path[i+1:]
}

// example stands for a segment that an expression leaves open.
const example = "any-identity-provider"

func known(segment string) string {
	if segment == example {
		return ""
	}
	return segment
}

// sectionPath gives the path of a section, and of an expression an example of what
// it matches, as far as it is of the usual kinds.
func sectionPath(c *httpdconf.Command) (path string, pattern bool) {
	words := c.Argv()
	if len(words) == 0 {
		return "", false
	}
	path = words[0]
	if path == "~" && len(words) > 1 {
		return plain(words[1]), true
	}
	if c.Key() == "<locationmatch" {
		return plain(path), true
	}
	if httpdconf.HasWildcard(path) {
		return strings.NewReplacer("*", example, "?", "x").Replace(path), true
	}
	return path, false
}

// plain makes an example of an expression: anchors, flags and escapes go, and what
// stands for any segment becomes one.
func plain(expression string) string {
	e := flags.ReplaceAllString(expression, "")
	e = strings.TrimSuffix(strings.TrimPrefix(e, "^"), "$")
	e = anySegment.ReplaceAllString(e, example)
	e = group.ReplaceAllString(e, "$1")
	return escape.ReplaceAllString(e, "$1")
}

var (
	flags      = regexp.MustCompile(`^\(\?[a-z]+\)`)
	anySegment = regexp.MustCompile(`\(?(\.[*+]\??|\[\^/\][*+]\??)\)?`)
	group      = regexp.MustCompile(`\((?:\?:|\?<\w+>)?([^()|?]*)(?:\|[^()]*)?\)\??`)
	escape     = regexp.MustCompile(`\\(.)`)
)

// Context gives what holds for requests to the door.
func (d *Door) Context() *effective.Context {
	if d.context == nil {
		d.context = d.Vhost.Context(d.Path)
	}
	return d.context
}

// Setting gives what decides a directive at the door.
func (d *Door) Setting(name string) effective.Setting { return d.Context().Setting(name) }

// AuthType gives the AuthType at the door, in lower case; "" for none (also `None`).
func (d *Door) AuthType() string {
	if !d.asked {
		d.asked = true
		if d.authType = strings.ToLower(d.Setting("AuthType").Value()); d.authType == "none" {
			d.authType = ""
		}
	}
	return d.authType
}

// Bearer reports whether the door takes bearer tokens.
func (d *Door) Bearer() bool {
	switch d.AuthType() {
	case "oauth20", "auth-openidc", "oauth2":
		return true
	}
	return false
}

// Browser reports whether the door sends browsers to an issuer.
func (d *Door) Browser() bool {
	return d.AuthType() == "openid-connect" || d.AuthType() == "auth-openidc"
}
