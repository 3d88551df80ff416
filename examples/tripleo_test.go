package examples_test

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestPlaybook brings the example to its controllers: what --check says, what a run
// does, that a second one does nothing, and that a failure goes back.
func TestPlaybook(t *testing.T) {
	o := newOvercloud(t)
	o.render(t)

	checked := o.play(t, 0, "--check", "--limit", "controller-0")
	o.expectChanged(t, checked, "controller-0", true)
	if got := files(t, o.root("controller-0")); len(got) != 0 {
		t.Errorf("--check wrote %v", got)
	}

	o.play(t, 0)
	o.expectTree(t)
	var want []string
	for _, name := range controllers {
		want = append(want, "keystone", "horizon", "ask "+name)
	}
	if diff := cmp.Diff(want, o.happened(t)); diff != "" {
		t.Errorf("one controller after the other is restarted and asked (-want +got):\n%s", diff)
	}

	again := o.play(t, 0, "--limit", "controller-0")
	o.expectChanged(t, again, "controller-0", false)
	if got := o.happened(t); len(got) != 0 {
		t.Errorf("a second run does %v", got)
	}
	o.failures(t)
}

var controllers = []string{"controller-0", "controller-1", "controller-2"}

// failures goes on with one provider less: httpd refuses the new file, then
// Keystone does not come up with it, then all is well.
func (o overcloud) failures(t *testing.T) {
	o.withoutCustomer(t)
	before := files(t, o.root("controller-0"))

	o.mark(t, "refuse")
	said := o.play(t, 2)
	o.expectUntouched(t, said, before, "nothing was changed; failed at: Ask httpd about the new files")

	o.mark(t, "sick")
	said = o.play(t, 2)
	o.expectUntouched(t, said, before, "went back to what was there; failed at: Wait for Keystone",
		"keystone", "horizon", "ask controller-0", "keystone", "horizon", "ask controller-0")

	o.play(t, 0, "--limit", "controller-0")
	for name := range files(t, o.root("controller-0")) {
		if strings.Contains(name, "customer") {
			t.Errorf("%s is described no more and still there", name)
		}
	}
}

// expectUntouched: the first controller is as it was, the others were not reached.
func (o overcloud) expectUntouched(t *testing.T, said string, before map[string]string, why string, happened ...string) {
	t.Helper()
	if !strings.Contains(said, "controller-0: "+why) {
		t.Errorf("the playbook does not say %q:\n%s", why, said)
	}
	if diff := cmp.Diff(before, files(t, o.root("controller-0"))); diff != "" {
		t.Errorf("%s (-before +after):\n%s", why, diff)
	}
	if regexp.MustCompile(`controller-[12] +: ok`).MatchString(said) {
		t.Errorf("another controller was reached:\n%s", said)
	}
	if diff := cmp.Diff(happened, o.happened(t)); diff != "" {
		t.Errorf("%s: what happened (-want +got):\n%s", why, diff)
	}
}

func (o overcloud) expectChanged(t *testing.T, said, controller string, want bool) {
	t.Helper()
	m := regexp.MustCompile(controller + ` +: ok=[0-9]+ +changed=([0-9]+)`).FindStringSubmatch(said)
	if m == nil || (m[1] != "0") != want {
		t.Errorf("%s: changed is %v, expected any: %v\n%s", controller, m, want, said)
	}
}

// expectTree: content is the tree's, owners and modes are the containers'.
func (o overcloud) expectTree(t *testing.T) {
	t.Helper()
	for name, want := range map[string]string{
		"keystone/etc/httpd/conf.d/10-keystone_wsgi.conf":                                                  "0640 0:0",
		"keystone/etc/httpd/oidc":                                                                          "0750 0:48",
		"keystone/etc/httpd/oidc/sso.example.org%2Frealms%2Fcloud.client":                                  "0640 0:48",
		"keystone/etc/keystone/keystone.conf.d/50-fedstone.conf":                                           "0640 0:42425",
		"horizon/usr/share/openstack-dashboard/openstack_dashboard/local/local_settings.d/_50_fedstone.py": "0644 0:48",
	} {
		for _, controller := range controllers {
			if got := owned(t, filepath.Join(o.root(controller), puppetGenerated, name)); got != want {
				t.Errorf("%s: %s is %s, want %s", controller, name, got, want)
			}
			_, inside, _ := strings.Cut(name, "/")
			expectSame(t, filepath.Join(o.dir, "out", controller, inside), filepath.Join(o.root(controller), puppetGenerated, name))
		}
	}
}
