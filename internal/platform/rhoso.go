package platform

// rhoso18 is Red Hat OpenStack Services on OpenShift 18: Keystone 2023.1 in pods
// that the keystone-operator makes, with EL9's httpd, Python 3.9 and mod_auth_openidc.
//
// openstack-k8s-operators/keystone-operator: templates/keystoneapi/config/httpd.conf
// holds one vhost for the internal and one for the public endpoint on port 5000; at
// the end of each it includes conf/httpd_custom_ENDPOINT_KEY, one file for each key
// of the Secret in httpdCustomization.customConfigSecret, run through Go's templates.
// Vhosts of one's own cannot stand there, so that they come as a file of conf.d, by
// extraMounts. httpd runs as keystone (internal/keystone/deployment.go), logs go to
// the pod's output, and customServiceConfig becomes keystone.conf.d/custom.conf.
//
// A request through OpenShift's router has a host name that neither vhost has, and
// comes to the first one, the internal; therefore the federation must be in both.
// horizon-operator writes customServiceConfig into local_settings.d.
func rhoso18() Platform {
	return Platform{
		Name: "rhoso-18", Title: "Red Hat OpenStack Services on OpenShift 18", Release: "2023.1", Module: "2.4.9.4", Python: "3.9", Pods: true,
		Layout: Layout{
			Vhost:        "/etc/httpd/conf/httpd_custom_public_fedstone.conf",
			Server:       "/etc/httpd/conf.d/50-fedstone.conf",
			MetadataDir:  "/etc/httpd/oidc",
			MappingDir:   "/etc/keystone/mappings",
			KeystoneConf: "/etc/keystone/keystone.conf.d/custom.conf",
			Horizon:      "/etc/openstack-dashboard/local_settings.d/9999_custom_settings.py",
			Clouds:       "/var/lib/fedstone/clouds.yaml",
			Manifest:     "/var/lib/fedstone/manifest.json",
			CABundle:     "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
			WSGIScript:   "/usr/bin/keystone-wsgi-public",
			LogDir:       "/var/log/httpd",
			ErrorLog:     "/dev/stdout",
			HTTPDUser:    "keystone", HTTPDGroup: "keystone",
			KeystoneUser: "keystone", KeystoneGroup: "keystone",
			HorizonGroup: "apache",
			BehindProxy:  true,
		},
	}
}
