package lab

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
)

// audience is what the access tokens that Keystone takes carry in `aud`.
const audience = "keystone"

type lightClient struct {
	ID        string   `json:"id"`
	Secret    string   `json:"secret"`
	Grants    []string `json:"grants"`
	Redirects []string `json:"redirects"`
	// Bearer: its access tokens are JWTs for Keystone.
	Bearer bool `json:"bearer"`
}

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
		c, err := r.start(program{name: "issuer", path: nodePath(), args: []string{filepath.Join(modules, "server.mjs"), settings}})
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
	clients, err := l.lightClients()
	if err != nil {
		return "", err
	}
	text, err := json.Marshal(map[string]any{"issuer": l.url(portLight), "port": l.BasePort + portLight, "key": l.KeyFile, "cert": l.CertFile,
		"audience": audience, "serviceGroups": serviceGroups(), "clients": clients, "people": people})
	if err != nil {
		return "", err
	}
	if err := l.makeFolder(folder{"light", 0o700, nil}); err != nil {
		return "", err
	}
	path := l.path("light", "settings.json")
	return path, writeFor(path, text, nil)
}

func (l *Lab) lightClients() ([]lightClient, error) {
	all := []lightClient{
		{ID: "keystone", Grants: []string{"authorization_code", "refresh_token"}, Redirects: []string{l.redirectURI()}},
		{ID: "keystone-cli", Bearer: true, Redirects: []string{"http://127.0.0.1/callback"},
			Grants: []string{"client_credentials", "password", "refresh_token", "authorization_code", "urn:ietf:params:oauth:grant-type:device_code"}},
		{ID: "wiki", Bearer: true, Grants: []string{"client_credentials", "password"}, Redirects: []string{}},
	}
	for i := range all {
		secret, err := l.secret("campus-" + all[i].ID)
		if err != nil {
			return nil, err
		}
		all[i].Secret = secret
	}
	return all, nil
}

// redirectURI is the relying party's, as rendered configurations have it.
func (l *Lab) redirectURI() string {
	return "https://localhost:" + strconv.Itoa(l.BasePort) + "/v3/OS-FEDERATION/redirect_uri"
}
