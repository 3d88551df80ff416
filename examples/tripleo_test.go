package examples_test

import (
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// overcloud is three controllers of RHOSP 17.1 as folders of this machine. The real
// ansible-playbook works on them; podman and systemctl are stand-ins. podman's
// `run` asks the real httpd about the new vhost file.
type overcloud struct {
	bin, dir string // the program, and the copy of the example
	state    string // of the stand-ins: what happened, and what shall fail
	keystone string // address of what answers in Keystone's place
}

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

	again := o.play(t, 0)
	for _, name := range controllers {
		o.expectChanged(t, again, name, false)
	}
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

func newOvercloud(t *testing.T) overcloud {
	t.Helper()
	for _, name := range []string{"ansible-playbook", "apache2", "tar"} {
		if _, err := exec.LookPath(name); err != nil {
			labtest.Require(t, err.Error())
		}
	}
	if os.Geteuid() != 0 {
		labtest.Require(t, "files get the containers' owners, which takes root")
	}
	o := overcloud{bin: labtest.Binary(t), dir: labtest.Example(t, "rhosp-17.1-three-controllers"), state: t.TempDir()}
	server := httptest.NewServer(http.HandlerFunc(o.answer))
	t.Cleanup(server.Close)
	o.keystone = server.URL
	for _, name := range controllers {
		mkdir(t, filepath.Join(o.root(name), "var/lib/fedstone"))
	}
	o.standIns(t)
	return o
}

// answer is Keystone behind httpd: it is there unless sick, and refuses a login
// without a token where the controller it is asked as has the vhost file.
func (o overcloud) answer(w http.ResponseWriter, r *http.Request) {
	name := strings.Split(r.URL.Path, "/")[1]
	_, sick := os.Stat(filepath.Join(o.state, "down"))
	_, vhost := os.Stat(filepath.Join(o.root(name), puppetGenerated, "keystone/etc/httpd/conf.d/10-keystone_wsgi.conf"))
	if r.Method == http.MethodGet {
		o.note("ask " + name)
	}
	switch {
	case sick == nil:
		w.WriteHeader(http.StatusServiceUnavailable)
	case r.Method == http.MethodPost && vhost == nil:
		w.WriteHeader(http.StatusUnauthorized)
	}
}

const puppetGenerated = "var/lib/config-data/puppet-generated"

func (o overcloud) root(controller string) string {
	return filepath.Join(o.dir, "roots", controller)
}

// standIns writes podman and systemctl. A restart while `sick` is marked leaves
// Keystone down, once.
func (o overcloud) standIns(t *testing.T) {
	t.Helper()
	conf := filepath.Join(o.state, "httpd.conf")
	vhost := filepath.Join(o.state, "vhost.conf")
	write(t, conf, frame(o.state, vhost), 0o644)
	podman := fmt.Sprintf(`#!/bin/sh
[ "$1" != inspect ] || { echo keystone-image; exit; }
[ "$1" = run ] || exit 0
cd %q
for a; do case "$a" in --volume=*) next=${a#--volume=}; next=${next%%%%:*};; esac; done
new="$next/etc/httpd/conf.d/10-keystone_wsgi.conf"
sed "s#/etc/pki/tls/certs/ca-bundle.crt#/etc/ssl/certs/ca-certificates.crt#; s#/var/log/httpd/#$PWD/#; s#/etc/httpd/oidc#$next/etc/httpd/oidc#" "$new" > vhost.conf
if [ -e refuse ]; then rm refuse; echo '<If' >> vhost.conf; fi
exec apache2 -t -f "$PWD/httpd.conf"
`, o.state)
	systemctl := fmt.Sprintf(`#!/bin/sh
cd %q
echo "${2#tripleo_}" >> log
[ "$2" = tripleo_keystone ] || exit 0
rm -f down
if [ -e sick ]; then rm sick; touch down; fi
`, o.state)
	write(t, filepath.Join(o.state, "bin/podman"), podman, 0o755)
	write(t, filepath.Join(o.state, "bin/systemctl"), systemctl, 0o755)
}

func (o overcloud) mark(t *testing.T, name string) {
	t.Helper()
	write(t, filepath.Join(o.state, name), "", 0o644)
}

func (o overcloud) render(t *testing.T) {
	t.Helper()
	cmd := exec.Command(o.bin, "render", "--offline", "--prune", "-o", "out")
	cmd.Dir = o.dir
	if text, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("render: %v\n%s", err, text)
	}
}

// withoutCustomer takes the second provider out of the description.
func (o overcloud) withoutCustomer(t *testing.T) {
	t.Helper()
	path := filepath.Join(o.dir, "federation.yaml")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	rest := regexp.MustCompile(`(?ms)^  customer:\n.*?\n(controllers:)`).ReplaceAll(text, []byte("\n$1"))
	write(t, path, string(rest), 0o644)
	o.render(t)
}

// play runs the playbook as an operator does, but for where the controllers are.
func (o overcloud) play(t *testing.T, status int, args ...string) string {
	t.Helper()
	args = append([]string{
		"-i", "inventory.yml", "playbook.yml", "-e", "ansible_connection=local", "-e", "ansible_become=false",
		"-e", "fedstone_root=" + o.root("{{ inventory_hostname }}"), "-e", "fedstone_keystone_url=" + o.keystone + "/{{ inventory_hostname }}",
		"-e", "fedstone_retries=1", "-e", "fedstone_delay=0",
	}, args...)
	cmd := exec.Command("ansible-playbook", args...)
	cmd.Dir = filepath.Join(o.dir, "out/deploy")
	cmd.Env = append(os.Environ(), "PATH="+filepath.Join(o.state, "bin")+":"+os.Getenv("PATH"), "ANSIBLE_NOCOLOR=1", "ANSIBLE_PIPELINING=1",
		"ANSIBLE_HOME="+filepath.Join(o.state, "ansible"), "ANSIBLE_LOCAL_TEMP="+filepath.Join(o.state, "ansible"))
	text, _ := cmd.CombinedOutput()
	if cmd.ProcessState.ExitCode() != status {
		t.Fatalf("ansible-playbook %s: exit status %d, want %d\n%s", strings.Join(args, " "), cmd.ProcessState.ExitCode(), status, text)
	}
	return string(text)
}

func (o overcloud) expectChanged(t *testing.T, said, controller string, want bool) {
	t.Helper()
	m := regexp.MustCompile(controller + ` +: ok=[0-9]+ +changed=([0-9]+)`).FindStringSubmatch(said)
	if m == nil || (m[1] != "0") != want {
		t.Errorf("%s: changed is %v, expected any: %v\n%s", controller, m, want, said)
	}
}

// happened gives what was restarted and asked since it was last called, in order.
func (o overcloud) happened(t *testing.T) []string {
	t.Helper()
	path := filepath.Join(o.state, "log")
	text, err := os.ReadFile(path)
	if os.IsNotExist(err) {
		return nil
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	return slices.Compact(strings.Split(strings.TrimSpace(string(text)), "\n"))
}

// note adds a line to what happened.
func (o overcloud) note(line string) {
	f, err := os.OpenFile(filepath.Join(o.state, "log"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err == nil {
		_, _ = f.WriteString(line + "\n")
		_ = f.Close()
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

func expectSame(t *testing.T, want, got string) {
	t.Helper()
	if info, err := os.Stat(want); err == nil && info.IsDir() {
		return
	}
	a, err1 := os.ReadFile(want)
	b, err2 := os.ReadFile(got)
	if err1 != nil || err2 != nil || string(a) != string(b) {
		t.Errorf("%s is not what %s holds (%v, %v)", got, want, err1, err2)
	}
}

// owned gives mode, owner and group as numbers.
func owned(t *testing.T, path string) string {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Error(err)
		return ""
	}
	stat := info.Sys().(*syscall.Stat_t)
	return fmt.Sprintf("%04o %d:%d", info.Mode().Perm(), stat.Uid, stat.Gid)
}

// files gives every file below a folder with mode, owner and content.
func files(t *testing.T, root string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		out[strings.TrimPrefix(path, root)] = owned(t, path) + "\n" + string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func mkdir(t *testing.T, path string) {
	t.Helper()
	if err := os.MkdirAll(path, 0o755); err != nil {
		t.Fatal(err)
	}
}

func write(t *testing.T, path, text string, mode fs.FileMode) {
	t.Helper()
	mkdir(t, filepath.Dir(path))
	if err := os.WriteFile(path, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
}
