package platform

// openStackAnsible is OpenStack-Ansible on Debian 12 or Ubuntu 22.04, whose
// mod_auth_openidc 2.4.11 is the older one.
//
// openstack-ansible-os_keystone, vars/debian.yml and tasks/keystone_apache.yml: the
// vhost is sites-available/keystone-httpd.conf, made from the files that the variable
// keystone_apache_configs lists; defaults/main.yml: uwsgi takes httpd's requests at
// keystone_uwsgi_ports, without threads (keystone_wsgi_threads). The role's vhost
// becomes one Include of the file named here, which holds secrets and is none of the
// role's. haproxy ends TLS.
func openStackAnsible() Platform {
	return Platform{
		Name: "openstack-ansible", Title: "OpenStack-Ansible on Debian 12 or Ubuntu 22.04", Release: "2024.1", Module: "2.4.11", Python: "3.10",
		Layout: Layout{
			Vhost:        "/etc/apache2/keystone-federation/vhost.conf",
			MetadataDir:  "/etc/apache2/keystone-federation/oidc",
			MappingDir:   "/etc/keystone/mappings",
			KeystoneConf: "/etc/keystone/keystone.conf.d/50-fedstone.conf",
			Horizon:      "/var/lib/fedstone/_50_fedstone.py",
			Clouds:       "/var/lib/fedstone/clouds.yaml",
			Manifest:     "/var/lib/fedstone/manifest.json",
			CABundle:     "/etc/ssl/certs/ca-certificates.crt",
			UWSGI:        "127.0.0.1:35358",
			ModuleDir:    "/usr/lib/apache2/modules",
			LogDir:       "/var/log/apache2",
			ErrorLog:     "/var/log/apache2/keystone-apache-error.log",
			HTTPDUser:    "www-data", HTTPDGroup: "www-data",
			KeystoneUser: "keystone", KeystoneGroup: "keystone",
			HorizonGroup:   "www-data",
			RedisSupported: true,
			BehindProxy:    true,
		},
	}
}
