package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/oidc/optest"
)

// TestCAServers: the chain that a server shows ends in the bundle, or the missing CA is
// named.
func TestCAServers(t *testing.T) {
	s := optest.New(t)
	dir := t.TempDir()
	other := `-----BEGIN CERTIFICATE-----
OTHER
-----END CERTIFICATE-----
`
	writeIn(t, dir, "other.pem", other)
	for name, c := range map[string]struct {
		file, server string
		status       int
		says         string
	}{
		"trusted": {s.CAFile, s.URL, exitClean, "nothing found in 1 file"},
		"broken":  {dir + "/other.pem", s.URL, exitFindings, "ca-server-untrusted"},
		"nobody":  {s.CAFile, "https://127.0.0.1:1", exitFailed, "connection refused"},
	} {
		var out bytes.Buffer
		status := run(t.Context(), []string{"fedstone", "ca", c.file, "--server", c.server}, nil, &out, &out)
		if status != c.status || !strings.Contains(out.String(), c.says) {
			t.Errorf("%s: %d, want %d and %s\n%s", name, status, c.status, c.says, out.String())
		}
	}
}
