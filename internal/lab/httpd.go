package lab

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"text/template"
)

const moduleFolder = "/usr/lib/apache2/modules"

// httpdModules are loaded in this order where the module is installed; what a rendered vhost may use, and no more.
func httpdModules() []string {
	return strings.Fields("mpm_event authn_core authz_core authz_host authz_user access_compat alias auth_basic dir env expires headers info " +
		"mime proxy proxy_http proxy_uwsgi reqtimeout rewrite setenvif socache_shmcb ssl status wsgi auth_openidc oauth2 auth_mellon")
}

// module is one LoadModule line.
type module struct{ Name, File string }

// modules are those of httpdModules that the installation has.
func (s system) modules() []module {
	var found []module
	for _, name := range httpdModules() {
		file := filepath.Join(moduleFolder, "mod_"+name+".so")
		if _, err := os.Stat(s.path(file)); err == nil {
			found = append(found, module{name, file})
		}
	}
	return found
}

// renderedModules are those that what lies under Root asks for: mod_shib, whose symbol is its own, reads its files and
// looks for its daemon in each httpd that loads it.
func (l *Lab) renderedModules() []module {
	if _, err := os.Stat(l.shibbolethFile()); err != nil {
		return nil
	}
	return []module{{"mod_shib", filepath.Join(moduleFolder, "mod_shib.so")}}
}

// writeHTTPD writes the vhost that serves Keystone before the first rendering.
func (l *Lab) writeHTTPD() error {
	return l.writeTemplate("bootstrap.conf.tmpl", l.path("httpd", "bootstrap.conf"), nil)
}

// writeHTTPDConf writes httpd.conf for what now lies under Root: the rendered sites, or else the bootstrap vhost.
func (l *Lab) writeHTTPDConf() error {
	sites := filepath.Join(l.Root, "etc/apache2/sites-enabled/*.conf")
	rendered, err := filepath.Glob(sites)
	if err != nil {
		return err
	}
	data := l.templateData()
	data["Modules"], data["Rendered"], data["Include"] = l.System.modules(), l.renderedModules(), l.path("httpd", "bootstrap.conf")
	if len(rendered) > 0 {
		data["Include"] = sites
	}
	t, err := template.ParseFS(assets, "assets/httpd.conf.tmpl")
	if err != nil {
		return err
	}
	f, err := os.Create(l.path("httpd", "httpd.conf"))
	if err != nil {
		return err
	}
	defer f.Close()
	if err := t.Execute(f, data); err != nil {
		return err
	}
	return f.Close()
}

// startHTTPD starts httpd in the foreground of its session and waits until Keystone, and Horizon where there is one,
// answers behind it.
func (r *run) startHTTPD(ctx context.Context) error {
	if err := r.lab.writeHTTPDConf(); err != nil {
		return err
	}
	if err := r.startShibboleth(ctx); err != nil {
		return err
	}
	files, err := r.lab.keystoneFiles()
	if err != nil {
		return err
	}
	// mod_wsgi's daemons inherit this environment (keystone/server/flask/core.py, _get_config_files).
	c, err := r.start(program{name: "httpd", path: "/usr/sbin/apache2", args: []string{"-f", r.lab.path("httpd", "httpd.conf"), "-DFOREGROUND"},
		env: []string{"OS_KEYSTONE_CONFIG_FILES=" + strings.Join(files, ";")}, dir: r.lab.path("httpd"), trusts: true})
	if err != nil {
		return err
	}
	waits := []func(context.Context) error{func(ctx context.Context) error { return c.await(ctx, r.lab.keystoneAnswers) }}
	if r.lab.HorizonURL != "" {
		waits = append(waits, func(ctx context.Context) error { return c.await(ctx, r.lab.horizonAnswers) })
	}
	return together(ctx, waits...)
}
