package subject_test

import (
	"testing"

	"github.com/fedstone/fedstone/validate/subject"
)

// TestSnippetsAreSettings: a snippet is one of Horizon's settings by its place, whatever
// it sets.
func TestSnippetsAreSettings(t *testing.T) {
	for name, want := range map[string]subject.Kind{
		"etc/openstack-dashboard/local_settings.d/_0005_webroot.py": subject.DashboardPython,
		"etc/openstack-dashboard/local_settings.py":                 subject.DashboardPython,
		"etc/openstack-dashboard/other.py":                          subject.Unknown,
	} {
		if got := subject.KindOf(name, []byte("WEBROOT = \"/horizon/\"\n")); got != want {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
}
