package templates

import (
	"path"
	"slices"
)

// applicationSlots say how a vhost reaches Keystone: httpd runs its script, or hands
// requests on to a uwsgi of its own.
func (j *job) applicationSlots(s *slots) {
	l := j.platform.Layout
	s.fact("UWSGI", l.UWSGI != "")
	s.one("UWSGIURL", "uwsgi://"+l.UWSGI+"/")
	s.one("WSGIScript", l.WSGIScript)
}

// processSlots say of what httpd's own processes of Keystone are made.
func (j *job) processSlots(s *slots) {
	l := j.platform.Layout
	s.one("KeystoneUser", l.KeystoneUser)
	s.one("KeystoneGroup", l.KeystoneGroup)
	s.one("ScriptFolder", path.Dir(l.WSGIScript))
	s.one("ScriptName", path.Base(l.WSGIScript))
}

// modules lists the modules that the configuration needs.
func (j *job) modules() []string {
	list := append([]string{"auth_openidc", "authn_core", "authz_core", "authz_user", "headers", "log_config"}, j.strategy.Modules...)
	if j.platform.Layout.UWSGI != "" {
		list = append(list, "proxy", "proxy_uwsgi")
	}
	if j.fed.HTTPD.TLS != nil {
		list = append(list, "socache_shmcb", "ssl")
	}
	if j.platform.Layout.UWSGI == "" {
		list = append(list, "wsgi")
	}
	list = append(list, j.samlModules()...)
	slices.Sort(list)
	return slices.Compact(list)
}

// module is a module to load, where it is not loaded.
type module struct {
	Name string // one of modules: no value
	File slot
}

// loadSlots name the modules' files where nobody else loads them all.
func (j *job) loadSlots(s *slots) {
	var load []module
	if dir := j.platform.Layout.ModuleDir; dir != "" {
		for _, name := range j.modules() {
			load = append(load, module{name, s.next(path.Join(dir, "mod_"+name+".so"))})
		}
	}
	s.fact("Load", load)
}
