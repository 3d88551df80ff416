package platform

import "strings"

// Platform is one distribution of OpenStack as fedstone writes for it.
type Platform struct {
	Name    string // as in federation.yaml: debian-12
	Title   string // for people: Debian 12
	Release string // Keystone's release: zed
	Module  string // mod_auth_openidc's version: 2.4.12.3
	Python  string // CPython's version that its Keystone runs on: 3.11
	OAuth2  OAuth2 // mod_oauth2, where there is one
	Pods    bool   // several pods answer for Keystone, which is told of no one's number
	Layout  Layout
}

// Layout says where files lie and who may read them. All paths are absolute, as
// the running programs see them: in a containerised deployment, inside the
// container. HostPrefix and HorizonHostPrefix are what to put before a path to
// find its source on the host; they are empty where nothing is containerised.
type Layout struct {
	Vhost        string // the httpd file that holds Keystone's vhosts, or what is included in them
	Server       string // the httpd file beside the vhosts, where the platform writes those itself; else ""
	MetadataDir  string // OIDCMetadataDir, holds client secrets
	MappingDir   string // mapping rules as JSON, one file for each identity provider
	KeystoneConf string // fragment read behind keystone.conf
	Horizon      string // settings snippet that Horizon executes
	Clouds       string // clouds.yaml to hand to users; the users' own is elsewhere
	Manifest     string // what was written
	CABundle     string // CAs that httpd trusts for issuers
	WSGIScript   string // Keystone's WSGI program, where httpd runs it; else ""
	UWSGI        string // HOST:PORT at which Keystone's own uwsgi speaks uwsgi with httpd; "" where httpd runs WSGIScript
	ModuleDir    string // httpd's modules, where what is rendered must load some itself; "" where they are loaded
	LogDir       string // httpd's logs
	ErrorLog     string // the error log of Keystone's vhosts

	HTTPDUser, HTTPDGroup       string // httpd's children
	KeystoneUser, KeystoneGroup string // Keystone's WSGI processes
	HorizonGroup                string // who executes the Horizon snippet

	HostPrefix        string
	HorizonHostPrefix string
	RedisSupported    bool // whether the module was built with hiredis
	BesideProxy       bool // the proxy in front has the same port on the same host, at another address
	BehindProxy       bool // TLS ends before httpd, which sees X-Forwarded-*
}

// ByName finds a platform; false when there is none of that name.
func ByName(name string) (Platform, bool) {
	for _, p := range platforms() {
		if p.Name == name {
			return p, true
		}
	}
	return Platform{}, false
}

// Names lists the platforms, sorted.
func Names() []string {
	var names []string
	for _, p := range platforms() {
		names = append(names, p.Name)
	}
	return names
}

// Directives gives the directives that the platform's module takes: the table of
// the nearest version that is not newer, without those its build leaves out.
func (p Platform) Directives() Table {
	t, _ := TableFor(p.Module)
	if !p.Layout.RedisSupported {
		t = t.without(func(name string) bool { return strings.HasPrefix(name, "OIDCRedisCache") })
	}
	return t
}
