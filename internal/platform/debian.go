package platform

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
