package platform

// openStackHelm is OpenStack-Helm's chart keystone with images of Ubuntu 22.04,
// which has mod_auth_openidc 2.4.11.
//
// openstack-helm, keystone/templates/deployment-api.yaml: conf.wsgi_keystone becomes
// wsgi-keystone.conf in conf-enabled, and pod.mounts.keystone_api adds volumes;
// bin/_keystone-api.sh.tpl copies Keystone's script to /var/www/cgi-bin. httpd runs
// as the user of Keystone, 42424, with a root file system that nobody can write
// (values.yaml, pod.security_context). What is rendered here comes from a Secret of
// its own, which is mounted beside conf-enabled. An ingress ends TLS.
func openStackHelm() Platform {
	return Platform{
		Name: "openstack-helm", Title: "OpenStack-Helm, images of Ubuntu 22.04", Release: "2024.1", Module: "2.4.11", Python: "3.10", Pods: true,
		Layout: Layout{
			Vhost:        "/etc/apache2/keystone-federation/vhost.conf",
			MetadataDir:  "/etc/apache2/keystone-federation/oidc",
			MappingDir:   "/etc/keystone/mappings",
			KeystoneConf: "/etc/keystone/keystone.conf.d/50-fedstone.conf",
			Horizon:      "/var/lib/fedstone/_50_fedstone.py",
			Clouds:       "/var/lib/fedstone/clouds.yaml",
			Manifest:     "/var/lib/fedstone/manifest.json",
			CABundle:     "/etc/ssl/certs/ca-certificates.crt",
			WSGIScript:   "/var/www/cgi-bin/keystone/keystone-wsgi-public",
			ModuleDir:    "/usr/lib/apache2/modules",
			LogDir:       "/var/log/apache2",
			ErrorLog:     "/dev/stderr",
			HTTPDUser:    "keystone", HTTPDGroup: "keystone",
			KeystoneUser: "keystone", KeystoneGroup: "keystone",
			HorizonGroup:   "horizon",
			RedisSupported: true,
			BehindProxy:    true,
		},
	}
}
