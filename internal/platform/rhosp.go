package platform

// rhosp171 is Red Hat OpenStack Platform 17.1: TripleO Wallaby in containers on
// RHEL 9, with EL9's Python 3.9 and mod_auth_openidc 2.4.9.4, built without hiredis.
//
// tripleo-heat-templates (stable/wallaby), deployment/keystone and
// deployment/horizon: the folder puppet-generated/SERVICE of the host is copied
// over the container's root at every start (KOLLA_CONFIG_STRATEGY COPY_ALWAYS),
// owners and modes kept, so files survive a restart but not a redeployment, and
// owners count by the container's ids. httpd listens behind haproxy. The WSGI
// script and the names of the logs are puppet-keystone's.
func rhosp171() Platform {
	return Platform{
		Name: "rhosp-17.1", Title: "Red Hat OpenStack Platform 17.1", Release: "wallaby", Module: "2.4.9.4", Python: "3.9",
		Layout: Layout{
			Vhost:        "/etc/httpd/conf.d/10-keystone_wsgi.conf",
			MetadataDir:  "/etc/httpd/oidc",
			MappingDir:   "/etc/keystone/mappings",
			KeystoneConf: "/etc/keystone/keystone.conf.d/50-fedstone.conf",
			Horizon:      "/usr/share/openstack-dashboard/openstack_dashboard/local/local_settings.d/_50_fedstone.py",
			Clouds:       "/var/lib/fedstone/clouds.yaml",
			Manifest:     "/var/lib/fedstone/manifest.json",
			CABundle:     "/etc/pki/tls/certs/ca-bundle.crt",
			WSGIScript:   "/var/www/cgi-bin/keystone/keystone",
			LogDir:       "/var/log/httpd",
			ErrorLog:     "/var/log/httpd/keystone_wsgi_error.log",
			HTTPDUser:    "apache", HTTPDGroup: "apache",
			KeystoneUser: "keystone", KeystoneGroup: "keystone",
			HorizonGroup:      "apache",
			HostPrefix:        "/var/lib/config-data/puppet-generated/keystone",
			HorizonHostPrefix: "/var/lib/config-data/puppet-generated/horizon",
			BehindProxy:       true,
		},
	}
}

// IDs gives the accounts of the platform's containers as numbers, by name, since
// files on the host count by them; nil where nothing is containerised.
//
// tripleo-common (container-images/tcib) and kolla (kolla/common/users.py) give
// keystone 42425; apache is 48 in RHEL's package setup (uidgid).
func (p Platform) IDs() map[string]int {
	if p.Layout.HostPrefix == "" {
		return nil
	}
	return map[string]int{"root": 0, "apache": 48, "keystone": 42425}
}
