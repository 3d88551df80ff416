package platform

import (
	"path"
	"strings"
)

// kollaUWSGI is where Keystone's uwsgi takes httpd's requests. The socket's port
// is a variable of the role (keystone_wsgi_socket_port), which the rendered
// globals.d file sets to this one.
const kollaUWSGI = "127.0.0.1:35358"

// kolla is kolla-ansible with its images of Rocky Linux 9, the default of
// kolla_base_distro; mod_auth_openidc 2.4.10 is AppStream's.
//
// kolla-ansible, ansible/roles/keystone: templates/keystone-httpd.json.j2 copies
// httpd-keystone.conf to conf.d, root's with 0600, and the metadata to
// /etc/httpd/metadata, which it gives to httpd's user with 0700; tasks/config.yml
// takes overrides from node_custom_config. Keystone runs in a container of its own
// in uwsgi, without threads (roles/service-uwsgi-config), and httpd hands requests
// on by the uwsgi protocol. haproxy ends TLS, on the same hosts, with the same port at the
// virtual address (templates/httpd-keystone.conf.j2: Listen api_interface_address).
func kolla() Platform {
	return Platform{
		Name: "kolla", Title: "kolla-ansible, images of Rocky Linux 9", Release: "2025.1", Module: "2.4.10", Python: "3.9",
		Layout: kollaLayout("/etc/httpd/conf.d", "/etc/httpd/metadata", "/etc/pki/tls/certs/ca-bundle.crt", "/usr/lib64/httpd/modules", "apache", false),
	}
}

// kollaDebian is kolla-ansible with its images of Debian 12.
func kollaDebian() Platform {
	return Platform{
		Name: "kolla-debian", Title: "kolla-ansible, images of Debian 12", Release: "2025.1", Module: "2.4.12.3", Python: "3.11",
		Layout: kollaLayout("/etc/apache2/conf-enabled", "/etc/apache2/metadata", "/etc/ssl/certs/ca-certificates.crt", "/usr/lib/apache2/modules", "www-data", true),
	}
}

func kollaLayout(vhosts, metadata, cas, modules, user string, redis bool) Layout {
	return Layout{
		Vhost:        vhosts + "/httpd-keystone.conf",
		MetadataDir:  metadata,
		MappingDir:   "/var/lib/kolla/config_files/federation/oidc/attribute_maps",
		KeystoneConf: "/etc/keystone/keystone.conf.d/50-fedstone.conf",
		Horizon:      "/etc/openstack-dashboard/local_settings.d/_9999-custom-settings.py",
		Clouds:       "/var/lib/fedstone/clouds.yaml",
		Manifest:     "/var/lib/fedstone/manifest.json",
		CABundle:     cas,
		UWSGI:        kollaUWSGI,
		ModuleDir:    modules,
		LogDir:       "/var/log/kolla/keystone",
		ErrorLog:     "/var/log/kolla/keystone/keystone-apache-public-error.log",
		HTTPDUser:    user, HTTPDGroup: user,
		KeystoneUser: "keystone", KeystoneGroup: "keystone",
		HorizonGroup:   "horizon",
		RedisSupported: redis,
		BehindProxy:    true,
		BesideProxy:    true,
	}
}

// firstUWSGI is the release from which kolla-ansible runs Keystone in uwsgi
// (keystone_wsgi_provider).
const firstUWSGI = 27 // 2025.1

// kollaBefore is the layout of the releases in which httpd runs Keystone itself, in
// Keystone's own container (templates/wsgi-keystone.conf.j2, keystone.json.j2).
func kollaBefore(l Layout) Layout {
	l.Vhost = path.Join(path.Dir(l.Vhost), "wsgi-keystone.conf")
	l.UWSGI, l.WSGIScript = "", "/var/lib/kolla/venv/bin/keystone-wsgi-public"
	return l
}

// Before gives the platform as it is with a Keystone release that the description
// names; "" is the platform's own.
func (p Platform) Before(release string) Platform {
	r, ok := ReleaseByName(release)
	if ok && r.Number < firstUWSGI && p.Layout.UWSGI == kollaUWSGI && strings.HasPrefix(p.Name, "kolla") {
		p.Layout = kollaBefore(p.Layout)
	}
	return p
}
