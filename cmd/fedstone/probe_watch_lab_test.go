package main

import (
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// On the real stack: a door that httpd no longer opens, mended again, and no
// Keystone token left when the watch was interrupted.
func TestProbeWatchOnTheLab(t *testing.T) {
	d := labtest.Quickstart(t)
	t.Cleanup(func() {
		d.Run(t, "render", "-o", d.Lab.Root, "--prefix", d.Lab.Root)
		d.Run(t, "lab", "reload", "--dir", d.Lab.Dir)
	})
	cmd, h := d.Command("probe", "--watch", "2s", "--listen", "127.0.0.1:0", "--debug"), &heard{}
	cmd.Stdout, cmd.Stderr = h, h
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill() }) // has no effect on one that has ended
	const campus = `{controller="",identity_provider="campus"`
	on := h.next(t, 0, `"identity_provider":"campus","ok":true`)
	scraped(t, h, "fedstone_probe_success"+campus+"} 1")
	scraped(t, h, "fedstone_probe_jwks_changes_total{identity_provider=\"campus\"} 0")

	harm(t, d, "AuthType oauth20", "AuthType openid-connect")
	on = h.next(t, on, "campus: failed: ")
	on = h.next(t, on, `"identity_provider":"campus","ok":false,"failed_step":"`)
	scraped(t, h, "fedstone_probe_success"+campus+"} 0")
	scraped(t, h, "fedstone_probe_step_success"+campus+`,step="exchange"} 0`)

	d.Run(t, "render", "-o", d.Lab.Root, "--prefix", d.Lab.Root)
	d.Run(t, "lab", "reload", "--dir", d.Lab.Dir)
	h.next(t, on, "campus: recovered\n")
	scraped(t, h, "fedstone_probe_success"+campus+"} 1")
	(running{Cmd: cmd}).ended(t, h)
	expectAllRevoked(t, h.String())
}

// expectAllRevoked counts in the log of requests: as many Keystone tokens were
// revoked as were issued.
func expectAllRevoked(t *testing.T, log string) {
	t.Helper()
	issued, revoked := 0, 0
	for line := range strings.Lines(log) {
		asked, answered, _ := strings.Cut(strings.TrimPrefix(line, "debug: "), ": ")
		exchange := strings.HasSuffix(asked, "/auth") || strings.HasPrefix(asked, "POST ") && strings.HasSuffix(asked, "/v3/auth/tokens")
		switch {
		case exchange && strings.HasPrefix(answered, "201 "):
			issued++
		case strings.HasPrefix(asked, "DELETE ") && strings.HasPrefix(answered, "204 "):
			revoked++
		}
	}
	if issued == 0 || issued != revoked {
		t.Errorf("%d Keystone tokens were issued, %d revoked", issued, revoked)
	}
	t.Logf("%d Keystone tokens were issued and revoked", issued)
}
