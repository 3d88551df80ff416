package metadata

import (
	"net/url"

	"github.com/fedstone/fedstone/internal/platform"
	"github.com/fedstone/fedstone/validate/subject"
)

// doorsBy gives the doors from which logins go straight to an issuer of a folder, by
// the name that the issuer's files have.
func doorsBy(f *subject.Folder) map[string][]*subject.Door {
	out := map[string][]*subject.Door{}
	for _, v := range f.Vhosts {
		for _, d := range v.Doors() {
			u, err := url.Parse(d.Setting("OIDCDiscoverURL").Value())
			if err != nil || u.Query().Get("iss") == "" {
				continue
			}
			name := platform.MetadataName(u.Query().Get("iss"))
			out[name] = append(out[name], d)
		}
	}
	return out
}

// logins gives the doors that lead to the issuer of a file name. It is asked for
// where something is wrong, and then read once for a folder.
func (r *reader) logins(f *subject.Folder, name string) []any {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.doors[f] == nil {
		r.doors[f] = doorsBy(f)
	}
	var out []any
	for _, d := range r.doors[f][name] {
		out = append(out, d)
	}
	return out
}
