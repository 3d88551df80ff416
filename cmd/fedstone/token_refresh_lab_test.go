package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// refreshFirst: a refresh token from elsewhere is the first that anybody knows of
// this login. The cache keeps the newest, so that nobody has to log in again, also at
// campus, where the source serves once.
func (o onLab) refreshFirst(t *testing.T, idp string) {
	client := fmt.Sprintf("client: {id: keystone-cli, secret: {env: %s_CLI_SECRET}}, scopes: [openid]", strings.ToUpper(idp))
	elsewhere := newOnLab(t, o.Deployment).describe(t, idp, "{grant: device, "+client+"}")
	elsewhere.person(t, idp, "bob")
	source := filepath.Join(t.TempDir(), "refresh-token")
	kept := elsewhere.keptRefresh(t)
	if err := os.WriteFile(source, []byte(kept), 0o600); err != nil {
		t.Fatal(err)
	}

	o = o.describe(t, idp, fmt.Sprintf("{grant: refresh, %s, refresh_token: {file: %q}}", client, source))
	first, said := o.token(t, "--idp", idp, "--debug")
	if first.User.Name != "bob" || strings.Contains(said, "log in") {
		t.Errorf("logged in as %s:\n%s", first.User.Name, said)
	}
	if again, quiet := o.token(t, "--idp", idp, "--debug"); again.Token != first.Token || strings.Contains(quiet, "debug:") {
		t.Errorf("again:\n%s", quiet)
	}
	o.probed(t, idp)
	o.expire(t)
	if renewed, said := o.token(t, "--idp", idp); renewed.Token == first.Token || renewed.User.Name != "bob" {
		t.Errorf("renewed:\n%s", said)
	}
	o.stale(t, idp)
}

// stale: what a cache that knows nothing makes of the source after its use.
func (o onLab) stale(t *testing.T, idp string) {
	t.Helper()
	o.cache = t.TempDir()
	out, err := o.command("token", "--idp", idp).CombinedOutput()
	if (err != nil) != (idp == "campus") {
		t.Errorf("the source after its use: %v\n%s", err, out)
	}
	if err != nil && (!strings.Contains(string(out), "refresh token") || !strings.Contains(string(out), "to mend it:")) {
		t.Errorf("what to do with a stale refresh token is not told:\n%s", out)
	}
}

// keptRefresh is the one refresh token in this cache.
func (o onLab) keptRefresh(t *testing.T) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(o.cache, "fedstone", "tokens", "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var record struct {
			Refresh string `json:"refresh_token"`
		}
		if err := json.Unmarshal(text, &record); err != nil {
			t.Fatal(err)
		}
		if record.Refresh != "" {
			found = append(found, record.Refresh)
		}
	}
	if len(found) != 1 {
		t.Fatalf("%d refresh tokens among %d files", len(found), len(files))
	}
	return found[0]
}
