package lab

import (
	"context"
	"os"
	"path/filepath"
)

const (
	horizonPackage  = pythonModules + "/openstack_dashboard"
	horizonSnippets = "/etc/openstack-dashboard/local_settings.d"
)

// horizonAnswers asks for a page that needs no login, and that settings do not send elsewhere.
func (l *Lab) horizonAnswers(ctx context.Context) error {
	return l.answers(ctx, l.HorizonURL+"/i18n/js/horizon+openstack_dashboard/")
}

// writeHorizon makes a Horizon of this lab's own, where one is wished: Debian's package by links, with a `local` of its
// own in it. Its local_settings.d is the one below Root, as on Debian it is the one below /etc, so Horizon itself
// executes what is rendered there (openstack_dashboard/settings.py).
func (r *run) writeHorizon() error {
	l := r.lab
	if l.HorizonURL == "" {
		return nil
	}
	snippets := filepath.Join(l.Root, "etc/openstack-dashboard/local_settings.d")
	for _, f := range []folder{{"horizon", 0o755, nil}, {"horizon/secret-key", 0o700, r.accounts.www}, {"horizon/openstack_dashboard", 0o755, nil},
		{"horizon/openstack_dashboard/local", 0o755, nil}, {"root/etc/openstack-dashboard", 0o755, nil}, {"root/etc/openstack-dashboard/local_settings.d", 0o755, nil}} {
		if err := l.makeFolder(f); err != nil {
			return err
		}
	}
	if err := l.linkHorizon(snippets); err != nil {
		return err
	}
	if err := os.CopyFS(snippets, os.DirFS(l.System.path(horizonSnippets))); err != nil {
		return err
	}
	local := l.path("horizon", "openstack_dashboard", "local", "local_settings.py")
	for template, path := range map[string]string{"horizon.conf.tmpl": l.path("httpd", "horizon.conf"), "local_settings.py.tmpl": local, "horizon.wsgi.tmpl": l.path("horizon", "wsgi.py")} {
		if err := l.writeTemplate(template, path, r.accounts.www); err != nil {
			return err
		}
	}
	return nil
}

// linkHorizon links everything of the package but `local`, and in that everything but the settings.
func (l *Lab) linkHorizon(snippets string) error {
	own := l.path("horizon", "openstack_dashboard")
	if err := l.System.linkEntries(horizonPackage, own, "local", "__pycache__"); err != nil {
		return err
	}
	if err := l.System.linkEntries(filepath.Join(horizonPackage, "local"), filepath.Join(own, "local"), "local_settings.py", "local_settings.d", "__pycache__"); err != nil {
		return err
	}
	return os.Symlink(snippets, filepath.Join(own, "local", "local_settings.d"))
}

// linkEntries links the entries of a folder of the installation into another, apart from those named.
func (s system) linkEntries(from, to string, except ...string) error {
	entries, err := os.ReadDir(s.path(from))
	if err != nil {
		return err
	}
	skip := map[string]bool{}
	for _, name := range except {
		skip[name] = true
	}
	for _, e := range entries {
		if skip[e.Name()] {
			continue
		}
		if err := os.Symlink(filepath.Join(from, e.Name()), filepath.Join(to, e.Name())); err != nil {
			return err
		}
	}
	return nil
}
