package platform

// debian11 is Debian 11 with its own packages: keystone 18.0.0,
// libapache2-mod-auth-openidc 2.4.9.4, openstack-dashboard 18.6.2, python3 3.9.
func debian11() Platform {
	return debian("debian-11", "Debian 11", "victoria", "2.4.9.4", "3.9")
}

// debian12 is Debian 12 with its own packages: keystone 22.0.2,
// libapache2-mod-auth-openidc 2.4.12.3, openstack-dashboard 23.0.0, python3 3.11.
func debian12() Platform {
	p := debian("debian-12", "Debian 12", "zed", "2.4.12.3", "3.11")
	p.OAuth2 = OAuth2{Module: "3.3.1", Library: "1.4.5.4"}
	return p
}

// debian13 is Debian 13 with its own packages: keystone 27.0.0,
// libapache2-mod-auth-openidc 2.4.17, openstack-dashboard 25.3.0, python3 3.13.
func debian13() Platform {
	p := debian("debian-13", "Debian 13", "2025.1", "2.4.17", "3.13")
	p.OAuth2 = OAuth2{Module: "4.0.0", Library: "2.1.0"}
	return p
}

// debianTesting is Debian's next release as its packages are now: keystone 30.0.0,
// libapache2-mod-auth-openidc 2.4.20.3, openstack-dashboard 27.0.0, python3 3.14.
// Keystone has no script of its own any more (release notes of 2025.2): what
// mod_wsgi runs is the module that holds the application.
func debianTesting() Platform {
	p := debian("debian-testing", "Debian testing", "2026.2", "2.4.20.3", "3.14")
	p.OAuth2 = OAuth2{Module: "4.2.0", Library: "2.4.0"}
	p.Layout.WSGIScript = "/usr/lib/python3/dist-packages/keystone/wsgi/api.py"
	return p
}

// debian is what the releases have in common.
//
// The vhost lies in sites-enabled, so that it is live as soon as it is written.
// oslo.config reads keystone.conf.d behind keystone.conf, also when
// OS_KEYSTONE_CONFIG_DIR moves keystone.conf elsewhere. The postinst of
// openstack-dashboard links local_settings.d below /etc into the program, which
// executes its *.py files in the order of their names.
//
// httpd runs Keystone itself, from the script of python3-keystone. The service of
// the package keystone must not run beside it: its uwsgi speaks HTTP, which carries
// no claims, and has 32 threads a process (/etc/keystone/keystone-uwsgi.ini).
func debian(name, title, release, module, python string) Platform {
	return Platform{
		Name: name, Title: title, Release: release, Module: module, Python: python,
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
