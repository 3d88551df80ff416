package access

import "github.com/fedstone/fedstone/validate/subject"

// state is what becomes of a request that has shown nothing.
type state int

const (
	undecided state = iota // only a running server can tell
	open                   // Keystone gets it
	guarded                // a login is asked for
	closed                 // nobody passes
)

// stateAt says what becomes of requests for a path of the federation.
func stateAt(v *subject.Vhost, kind subject.DoorKind, path string) state {
	d := &subject.Door{Vhost: v, Kind: kind, Path: path}
	if refused(v, path) {
		return closed
	}
	if s := stateOf(d.Require()); s != open {
		return s
	}
	if inner, known := d.Inner(); known && inner != d {
		return stateOf(inner.Require())
	}
	return open
}

func stateOf(need *subject.Requirement) state {
	switch {
	case len(need.Undecided) > 0:
		return undecided
	case need.Denied():
		return closed
	case need.Open():
		return open
	}
	return guarded
}

// gates are the virtual hosts to which clients come for Keystone's API: not those on
// the loopback that others proxy to.
func gates(site *subject.Site) []*subject.Vhost {
	var all, public []*subject.Vhost
	for _, v := range site.Vhosts() {
		if !v.ServesKeystone() || len(mounts(v)) == 0 {
			continue
		}
		all = append(all, v)
		if !v.Inner() {
			public = append(public, v)
		}
	}
	if len(public) == 0 {
		return all
	}
	return public
}

// place is one path of the federation.
type place struct {
	kind subject.DoorKind
	path string
}

// places are paths of each kind below a mount, of one identity provider and protocol.
func places(mount, idp, protocol string) []place {
	return []place{
		{subject.Auth, pathOf(subject.Auth, mount, idp, protocol)},
		{subject.WebSSO, pathOf(subject.WebSSO, mount, idp, protocol)},
		{subject.GlobalWebSSO, pathOf(subject.GlobalWebSSO, mount, idp, protocol)},
	}
}

func pathOf(kind subject.DoorKind, mount, idp, protocol string) string {
	provider := "/OS-FEDERATION/identity_providers/" + idp + "/protocols/" + protocol
	switch kind {
	case subject.Auth:
		return mount + "/v3" + provider + "/auth"
	case subject.WebSSO:
		return mount + "/v3/auth" + provider + "/websso"
	}
	return mount + "/v3/auth/OS-FEDERATION/websso/" + protocol
}

// stranger is a name that no deployment has opened.
const stranger = "name-of-nobody"

// leftOpen are the paths of a name that nobody opened which reach Keystone without
// a login.
func leftOpen(v *subject.Vhost) []place {
	var out []place
	for _, m := range mounts(v) {
		for _, p := range places(m, stranger, stranger) {
			if stateAt(v, p.kind, p.path) == open {
				out = append(out, p)
			}
		}
	}
	return out
}
