package compat_test

import (
	"crypto/rand"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/internal/oidc"
)

// expectQuiet sends every provider's path a token without "Bearer" before it, and looks for it in all logs.
func expectQuiet(t *testing.T, d labtest.Deployment, providers []string) {
	t.Helper()
	web, err := oidc.NewHTTPClient(d.Lab.CAFile)
	if err != nil {
		t.Fatal(err)
	}
	canary := "canary-" + rand.Text()
	for _, idp := range providers {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, d.Lab.KeystoneURL+"/v3/OS-FEDERATION/identity_providers/"+idp+"/protocols/openid/auth", nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Authorization", canary)
		resp, err := web.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != http.StatusUnauthorized {
			t.Errorf("%s answers a token without a scheme with %s", idp, resp.Status)
		}
	}
	for _, folder := range []string{filepath.Join(d.Lab.Root, "var/log"), filepath.Join(d.Lab.Dir, "log")} {
		expectWithout(t, folder, canary)
	}
}

func expectWithout(t *testing.T, folder, canary string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		if strings.Contains(string(text), canary) {
			t.Errorf("%s holds a token that came without a scheme", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
