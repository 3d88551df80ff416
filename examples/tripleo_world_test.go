package examples_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

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
[ "$1" != inspect ] || { echo '[{"ImageName": "keystone-image"}]'; exit; }
[ "$1" = run ] || exit 0
case " $* " in *" keystone-image "*) ;; *) echo "$*: not the image of keystone" >&2; exit 1;; esac
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
