package platform_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/platform"
)

// TestPlain: what is said takes the place of what the platform has, and nothing else
// changes.
func TestPlain(t *testing.T) {
	p, _ := platform.ByName(platform.PlainName)
	if diff := cmp.Diff(p, p.With(platform.Plain{})); diff != "" {
		t.Errorf("nothing said changes the platform:\n%s", diff)
	}
	got := p.With(platform.Plain{
		Module: "2.4.17", WSGIScript: "/w", Vhost: "/v", MetadataDir: "/m", LogDir: "/l", HTTPDGroup: "web", KeystoneUser: "ks",
	})
	want := p
	want.Module = "2.4.17"
	l := &want.Layout
	l.WSGIScript, l.Vhost, l.MetadataDir, l.LogDir, l.ErrorLog = "/w", "/v", "/m", "/l", "/l/keystone_wsgi_error.log"
	l.HTTPDGroup, l.KeystoneUser, l.KeystoneGroup = "web", "ks", "ks"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestBefore: kolla-ansible ran Keystone in httpd before 2025.1. No other platform
// changes with the release.
func TestBefore(t *testing.T) {
	for _, name := range platform.Names() {
		p, _ := platform.ByName(name)
		for release, changes := range map[string]bool{"": false, "2024.2": name == "kolla" || name == "kolla-debian", "2025.1": false} {
			got := p.Before(release)
			if (got != p) != changes {
				t.Errorf("%s with %q: changed %v, want %v", name, release, got != p, changes)
			}
		}
	}
	p, _ := platform.ByName("kolla")
	if l := p.Before("2024.1").Layout; l.UWSGI != "" || l.WSGIScript != "/var/lib/kolla/venv/bin/keystone-wsgi-public" || l.Vhost != "/etc/httpd/conf.d/wsgi-keystone.conf" {
		t.Errorf("kolla with 2024.1: %+v", l)
	}
}
