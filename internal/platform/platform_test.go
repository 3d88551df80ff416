package platform_test

import (
	"path"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/platform"
)

func TestNames(t *testing.T) {
	want := []string{
		"debian-11", "debian-12", "debian-13", "debian-testing", "el9", "kolla", "kolla-debian",
		"openstack-ansible", "openstack-helm", "plain", "rhoso-18", "rhosp-17.1",
	}
	if diff := cmp.Diff(want, platform.Names()); diff != "" {
		t.Error(diff)
	}
	for _, name := range []string{"", "debian", "Debian-12", "debian-12 "} {
		if p, ok := platform.ByName(name); ok || p != (platform.Platform{}) {
			t.Errorf("%q gives a platform: %v", name, p)
		}
	}
}

// TestPlatformsAreComplete: every path is absolute and clean, nothing that every
// platform has is left empty, and release and module are known.
func TestPlatformsAreComplete(t *testing.T) {
	optional := []string{"HostPrefix", "HorizonHostPrefix", "ModuleDir", "Server", "UWSGI", "WSGIScript"}
	for _, name := range platform.Names() {
		p, ok := platform.ByName(name)
		if name == platform.PlainName { // the description says the rest
			p = p.With(platform.Plain{Module: "2.4.17", WSGIScript: "/usr/bin/keystone"})
			p.Release, p.Layout.CABundle = "zed", "/etc/ssl/ca.pem"
		}
		if !ok || p.Name != name || p.Title == "" {
			t.Fatalf("%s: got %v, %v", name, p, ok)
		}
		if _, ok := platform.ReleaseByName(p.Release); !ok {
			t.Errorf("%s: release %q is not known", name, p.Release)
		}
		if _, ok := platform.TableFor(p.Module); !ok {
			t.Errorf("%s: module %q has no table", name, p.Module)
		}
		if !regexp.MustCompile(`^3\.[0-9]+$`).MatchString(p.Python) {
			t.Errorf("%s: Python %q, expected a version such as 3.11", name, p.Python)
		}
		if (p.Layout.UWSGI == "") == (p.Layout.WSGIScript == "") {
			t.Errorf("%s: httpd reaches Keystone by %q and %q, expected one way", name, p.Layout.UWSGI, p.Layout.WSGIScript)
		}
		layout := reflect.ValueOf(p.Layout)
		for i := range layout.NumField() {
			field, value := layout.Type().Field(i).Name, layout.Field(i)
			if value.Kind() == reflect.String {
				checkField(t, name+": "+field, value.String(), slices.Contains(optional, field))
			}
		}
	}
}

func checkField(t *testing.T, field, value string, optional bool) {
	t.Helper()
	account := regexp.MustCompile(`(User|Group)$`).MatchString(field)
	switch {
	case value == "" && optional:
	case field[strings.LastIndex(field, " ")+1:] == "UWSGI":
		if !strings.HasPrefix(value, "127.0.0.1:") {
			t.Errorf("%s is %q, expected a loopback address", field, value)
		}
	case value == "", account && strings.Contains(value, "/"):
		t.Errorf("%s is %q", field, value)
	case !account && (!path.IsAbs(value) || path.Clean(value) != value):
		t.Errorf("%s is %q, expected an absolute, clean path", field, value)
	}
}

func TestRedisDirectives(t *testing.T) {
	for name, want := range map[string]bool{"debian-12": true, "rhosp-17.1": false} {
		p, _ := platform.ByName(name)
		if _, got := p.Directives().Lookup("OIDCRedisCacheServer"); got != want {
			t.Errorf("%s takes OIDCRedisCacheServer: %v, want %v", name, got, want)
		}
		if _, ok := p.Directives().Lookup("OIDCCryptoPassphrase"); !ok {
			t.Errorf("%s does not take OIDCCryptoPassphrase", name)
		}
	}
}

func TestReleases(t *testing.T) {
	cases := map[string]platform.Release{
		"wallaby": {Number: 19, RemoteIDMax: 255},
		"zed":     {Number: 22, RemoteIDMax: 255},
		"2023.1":  {Number: 23, RemoteIDMax: 255},
		"2023.2":  {Number: 24, RemoteIDMax: 255},
		"2024.1":  {Number: 25, RemoteIDMax: 255, SchemaVersions: []string{"1.0", "2.0"}},
		"2025.2":  {Number: 28, RemoteIDMax: 255, SchemaVersions: []string{"1.0", "2.0"}},
		"2026.1":  {Number: 29, RemoteIDMax: 64, SchemaVersions: []string{"1.0", "2.0", "3.0"}},
	}
	for name, want := range cases {
		want.Name = name
		got, ok := platform.ReleaseByName(name)
		if diff := cmp.Diff(want, got); diff != "" || !ok {
			t.Errorf("%s: %v %s", name, ok, diff)
		}
	}
	if _, ok := platform.ReleaseByName("train"); ok {
		t.Error("train is known")
	}
	if all := platform.Releases(); all[0].Name != "victoria" || all[len(all)-1].Name != "2026.2" {
		t.Errorf("releases: %v", all)
	}
}
