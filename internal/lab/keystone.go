package lab

import (
	"context"
	"crypto/rand"
	"embed"
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"text/template"
)

const region = "RegionOne"

//go:embed assets
var assets embed.FS

// writeKeystone writes keystone.conf, the websso form and the key repositories. The keys are what
// `keystone-manage fernet_setup` makes (keystone/common/fernet_utils.py), without its seconds.
func (r *run) writeKeystone() error {
	l := r.lab
	if err := l.writeTemplate("keystone.conf.tmpl", filepath.Join(l.Root, "etc/keystone/keystone.conf"), r.accounts.keystone); err != nil {
		return err
	}
	form, err := assets.ReadFile("assets/sso_callback_template.html")
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(l.Root, "etc/keystone/sso_callback_template.html"), form, 0o644); err != nil {
		return err
	}
	for _, repository := range []string{"fernet-keys", "credential-keys"} {
		if err := l.writeKeys(l.path("keystone", repository), r.accounts.keystone); err != nil {
			return err
		}
	}
	return nil
}

// writeKeys puts a staged key (0) and a primary one (1) into a repository.
func (l *Lab) writeKeys(repository string, owner *account) error {
	for _, name := range []string{"0", "1"} {
		key := make([]byte, 32)
		if _, err := rand.Read(key); err != nil {
			return err
		}
		file := filepath.Join(repository, name)
		if err := writeFor(file, []byte(base64.URLEncoding.EncodeToString(key)), nil); err != nil {
			return err
		}
		if err := chown(file, owner); err != nil {
			return err
		}
	}
	return nil
}

// writeTemplate fills an asset with the lab; a is whose group may read it, nil for root alone.
func (l *Lab) writeTemplate(name, path string, a *account) error {
	t, err := template.New(name).Funcs(template.FuncMap{"dir": filepath.Dir, "base": filepath.Base}).ParseFS(assets, "assets/"+name)
	if err != nil {
		return err
	}
	var text strings.Builder
	if err := t.Option("missingkey=error").Execute(&text, l.templateData()); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return writeFor(path, []byte(text.String()), a)
}

func (l *Lab) templateData() map[string]any {
	return map[string]any{"Lab": l, "Database": l.databaseURL(), "Log": l.path("log"), "Keys": l.path("keystone"), "Cache": l.cacheSocket(),
		"Script": l.System.keystoneScript(), "HorizonPort": l.BasePort + portHorizon}
}

// keystoneScript is what mod_wsgi runs: from Keystone 28 on there is no script, but a module that holds the application
// (release notes of keystone 2025.2).
func (s system) keystoneScript() string {
	const script = "/usr/bin/keystone-wsgi-public"
	if _, err := os.Stat(s.path(script)); err == nil {
		return script
	}
	return pythonModules + "/keystone/wsgi/api.py"
}

// keystoneFiles are keystone.conf and, after it, the fragments below keystone.conf.d in order of their names.
func (l *Lab) keystoneFiles() ([]string, error) {
	fragments, err := filepath.Glob(filepath.Join(l.Root, "etc/keystone/keystone.conf.d/*.conf"))
	if err != nil {
		return nil, err
	}
	sort.Strings(fragments)
	return append([]string{filepath.Join(l.Root, "etc/keystone/keystone.conf")}, fragments...), nil
}

// manage runs keystone-manage as Keystone's user.
func (r *run) manage(ctx context.Context, env []string, args ...string) error {
	config := []string{"--config-file", filepath.Join(r.lab.Root, "etc/keystone/keystone.conf")}
	return r.runToEnd(ctx, program{name: "keystone-manage", path: "/usr/bin/keystone-manage", args: append(config, args...), env: env, as: r.accounts.keystone})
}

// bootstrap makes the administrator; the password goes by the environment, never by argument.
func (r *run) bootstrap(ctx context.Context) error {
	password, err := r.lab.secret("admin")
	if err != nil {
		return err
	}
	url := r.lab.KeystoneURL + "/v3"
	return r.manage(ctx, []string{"OS_BOOTSTRAP_PASSWORD=" + password}, "bootstrap",
		"--bootstrap-region-id", region, "--bootstrap-public-url", url, "--bootstrap-internal-url", url, "--bootstrap-admin-url", url)
}
