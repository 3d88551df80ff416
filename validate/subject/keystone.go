package subject

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/oslo"
)

// Keystone is keystone.conf with the fragments behind it.
type Keystone struct {
	Conf *oslo.Config
}

// joinKeystone puts the files together as keystone reads them: keystone.conf, and
// behind it the others by their paths.
func (l *loader) joinKeystone() {
	if len(l.keystone) == 0 {
		return
	}
	names := sortedKeys(l.keystone)
	slices.SortStableFunc(names, func(a, b string) int { return rank(a) - rank(b) })
	var files []*oslo.File
	for _, name := range names {
		file, found := oslo.Parse(name, l.keystone[name])
		l.site.Found = append(l.site.Found, found...)
		files = append(files, file)
	}
	l.site.Keystone = &Keystone{Conf: oslo.New(files...)}
}

func rank(name string) int {
	if filepath.Base(name) == "keystone.conf" {
		return 0
	}
	return 1
}

// RemoteIDAttribute gives the variable in which Keystone looks for the issuer of a
// protocol: of the section of its name, or else of [federation]
// (keystone/federation/utils.py, get_remote_id_parameter). What the protocol's
// object says on the live Keystone wins over it.
func (k *Keystone) RemoteIDAttribute(protocol string) (v oslo.Value, ok bool) {
	if v, ok = k.Conf.Get(protocol, "remote_id_attribute"); ok {
		return v, ok
	}
	return k.Conf.Get("federation", "remote_id_attribute")
}

// Methods gives [auth] methods; ok is false where keystone.conf does not set them,
// and Keystone's own list holds.
func (k *Keystone) Methods() (methods []string, at oslo.Value, ok bool) {
	v, ok := k.Conf.Get("auth", "methods")
	if !ok {
		return nil, v, false
	}
	for _, m := range oslo.AsList(v.Text) {
		if m = strings.TrimSpace(m); m != "" {
			methods = append(methods, m)
		}
	}
	return methods, v, true
}
