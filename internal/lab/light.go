package lab

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
)

// upLight starts the light OpenID Provider. Its settings hold secrets and are removed once it answers.
func (r *run) upLight(ctx context.Context) error {
	return r.progress.phase("campus (light OpenID Provider)", func() error {
		modules, err := prepareLight(ctx)
		if err != nil {
			return err
		}
		settings, err := r.lab.writeLight()
		if err != nil {
			return err
		}
		defer os.Remove(settings)
		c, err := r.start(program{name: "issuer", path: nodePath(), args: []string{filepath.Join(modules, "server.mjs"), settings}, outside: true})
		if err != nil {
			return err
		}
		return c.await(ctx, func(ctx context.Context) error { return r.lab.answers(ctx, r.lab.serviceURL("issuer")) })
	})
}

// writeLight writes the provider's settings, 0600, and returns their path.
func (l *Lab) writeLight() (string, error) {
	people, err := l.registered("campus")
	if err != nil {
		return "", err
	}
	clients, err := l.registeredClients("campus")
	if err != nil {
		return "", err
	}
	admin, err := l.secret("campus-admin")
	if err != nil {
		return "", err
	}
	registrar, err := l.secret("campus-registrar")
	if err != nil {
		return "", err
	}
	text, err := json.Marshal(map[string]any{"issuer": l.url(portLight), "port": l.BasePort + portLight, "key": l.KeyFile, "cert": l.CertFile,
		"admin": admin, "registrar": registrar, "clients": clients, "people": people})
	if err != nil {
		return "", err
	}
	if err := l.makeFolder(folder{"light", 0o700, nil}); err != nil {
		return "", err
	}
	path := l.path("light", "settings.json")
	return path, writeFor(path, text, nil)
}

// redirectURI is the relying party's, as rendered configurations have it.
func (l *Lab) redirectURI() string {
	return "https://localhost:" + strconv.Itoa(l.BasePort) + "/v3/OS-FEDERATION/redirect_uri"
}
