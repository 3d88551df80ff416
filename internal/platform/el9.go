package platform

// el9 is Enterprise Linux 9 (RHEL, CentOS Stream, Rocky, Alma) with the packages of
// RDO and no containers: httpd of AppStream with mod_auth_openidc, 2.4.9.4 at first
// and 2.4.10 since 2024, both built without hiredis. What is written is for the
// older one; the newer has no directive more that is used.
//
// RDO's openstack-keystone brings /usr/bin/keystone-wsgi-public and, as a sample to
// be linked into conf.d, wsgi-keystone.conf: the vhost takes its place, since both
// listen on one port (rdo-packages/keystone-distgit, openstack-keystone.spec).
// openstack-dashboard executes local_settings.d where it is installed
// (rdo-packages/horizon-distgit, python-django-horizon.spec).
func el9() Platform {
	return Platform{
		Name: "el9", Title: "Enterprise Linux 9", Release: "2024.1", Module: "2.4.9.4", Python: "3.9",
		Layout: Layout{
			Vhost:        "/etc/httpd/conf.d/wsgi-keystone.conf",
			MetadataDir:  "/etc/httpd/oidc",
			MappingDir:   "/etc/keystone/mappings",
			KeystoneConf: "/etc/keystone/keystone.conf.d/50-fedstone.conf",
			Horizon:      "/usr/share/openstack-dashboard/openstack_dashboard/local/local_settings.d/_50_fedstone.py",
			Clouds:       "/var/lib/fedstone/clouds.yaml",
			Manifest:     "/var/lib/fedstone/manifest.json",
			CABundle:     "/etc/pki/tls/certs/ca-bundle.crt",
			WSGIScript:   "/usr/bin/keystone-wsgi-public",
			LogDir:       "/var/log/httpd",
			ErrorLog:     "/var/log/httpd/keystone_wsgi_error.log",
			HTTPDUser:    "apache", HTTPDGroup: "apache",
			KeystoneUser: "keystone", KeystoneGroup: "keystone",
			HorizonGroup: "apache",
		},
	}
}
