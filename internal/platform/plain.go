package platform

import (
	"cmp"
	"path"
)

// plain is an httpd that was set up by hand: what is particular about it is said in
// federation.yaml (Plain), and the rest is httpd's own defaults (docs/conf/httpd.conf.in
// of its sources: user and group daemon) and Keystone's (etc/keystone of its sources).
// Release, Module and WSGIScript are for the description to say.
//
// The vhost lies where no httpd reads by itself, for one Include in the operator's own
// configuration.
func plain() Platform {
	return Platform{
		Name: PlainName, Title: "An httpd of your own", Python: "3.9",
		Layout: Layout{
			Vhost:        "/etc/keystone/federation/vhost.conf",
			MetadataDir:  "/etc/keystone/federation/oidc",
			MappingDir:   "/etc/keystone/mappings",
			KeystoneConf: "/etc/keystone/keystone.conf.d/50-fedstone.conf",
			Horizon:      "/var/lib/fedstone/_50_fedstone.py",
			Clouds:       "/var/lib/fedstone/clouds.yaml",
			Manifest:     "/var/lib/fedstone/manifest.json",
			LogDir:       "/var/log/keystone",
			ErrorLog:     "/var/log/keystone/keystone_wsgi_error.log",
			HTTPDUser:    "daemon", HTTPDGroup: "daemon",
			KeystoneUser: "keystone", KeystoneGroup: "keystone",
			HorizonGroup: "daemon",
		},
	}
}

// PlainName is the name of the platform of which federation.yaml says the rest.
const PlainName = "plain"

// Plain is what a description says of its own httpd. Empty fields are as the
// platform has them.
type Plain struct {
	Module       string // mod_auth_openidc's version
	WSGIScript   string
	Vhost        string
	MetadataDir  string
	LogDir       string
	HTTPDGroup   string
	KeystoneUser string // also the name of its group
}

// With gives the platform as a description says it is.
func (p Platform) With(given Plain) Platform {
	l := &p.Layout
	for field, value := range map[*string]string{
		&p.Module: given.Module, &l.WSGIScript: given.WSGIScript, &l.Vhost: given.Vhost, &l.MetadataDir: given.MetadataDir,
		&l.HTTPDGroup: given.HTTPDGroup, &l.KeystoneUser: given.KeystoneUser, &l.KeystoneGroup: given.KeystoneUser,
	} {
		*field = cmp.Or(value, *field)
	}
	if given.LogDir != "" {
		l.LogDir, l.ErrorLog = given.LogDir, path.Join(given.LogDir, path.Base(l.ErrorLog))
	}
	return p
}
