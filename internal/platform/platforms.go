package platform

// platforms gives every platform, sorted by name.
func platforms() []Platform {
	return []Platform{debian12(), rhosp171()}
}

// debian12 is Debian 12 with its own packages: keystone 22.0.2,
// libapache2-mod-auth-openidc 2.4.12.3, openstack-dashboard 23.0.0, python3 3.11.
//
// The vhost lies in sites-enabled, so that it is live as soon as it is written.
// oslo.config reads keystone.conf.d behind keystone.conf, also when
// OS_KEYSTONE_CONFIG_DIR moves keystone.conf elsewhere. The postinst of
// openstack-dashboard links local_settings.d below /etc into the program, which
// executes its *.py files in the order of their names.
func debian12() Platform {
	return Platform{
		Name: "debian-12", Title: "Debian 12", Release: "zed", Module: "2.4.12.3", Python: "3.11",
		Layout: Layout{
			Vhost:        "/etc/apache2/sites-enabled/10-keystone_wsgi.conf",
			MetadataDir:  "/etc/apache2/oidc",
			MappingDir:   "/etc/keystone/mappings",
			KeystoneConf: "/etc/keystone/keystone.conf.d/50-fedstone.conf",
			Horizon:      "/etc/openstack-dashboard/local_settings.d/_50_fedstone.py",
			Clouds:       "/var/lib/fedstone/clouds.yaml",
			Manifest:     "/var/lib/fedstone/manifest.json",
			CABundle:     "/etc/ssl/certs/ca-certificates.crt",
			WSGIScript:   "/usr/bin/keystone-wsgi-public",
			LogDir:       "/var/log/apache2",
			ErrorLog:     "/var/log/apache2/keystone_wsgi_error.log",
			HTTPDUser:    "www-data", HTTPDGroup: "www-data",
			KeystoneUser: "keystone", KeystoneGroup: "keystone",
			HorizonGroup:   "www-data",
			RedisSupported: true,
		},
	}
}

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
