package labtest

import (
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/fedstone/fedstone/internal/lab"
)

// UWSGI runs a WSGI program in a uwsgi of its own, which speaks the uwsgi protocol at
// address, until the test or stop ends it. It runs as kolla-ansible and
// OpenStack-Ansible run Keystone: processes without threads, and room for large
// requests.
func UWSGI(t testing.TB, address, script string, env ...string) (stop func()) {
	t.Helper()
	const program = "/usr/bin/uwsgi-core"
	if _, err := os.Stat(program); err != nil {
		Require(t, "no uwsgi here; install uwsgi-core and uwsgi-plugin-python3")
	}
	log := filepath.Join(t.TempDir(), "uwsgi.log")
	cmd := exec.Command(program, "--plugin", "python3", "--socket", address, "--wsgi-file", script, "--need-app", "--lazy-apps", "--master",
		"--processes", "2", "--buffer-size", "65535", "--die-on-term", "--uid", "keystone", "--gid", "keystone")
	cmd.Env = append(os.Environ(), env...)
	startLogged(t, cmd, log)
	stop = func() { _ = cmd.Process.Signal(os.Interrupt); _ = cmd.Wait() }
	t.Cleanup(stop)
	awaitUWSGI(t, address, log)
	return stop
}

// startLogged starts a program that writes what it says into a file.
func startLogged(t testing.TB, cmd *exec.Cmd, log string) {
	t.Helper()
	f, err := os.Create(log)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	cmd.Stdout, cmd.Stderr = f, f
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
}

// awaitUWSGI waits until the program is loaded: the socket is there before.
func awaitUWSGI(t testing.TB, address, log string) {
	t.Helper()
	for range 600 {
		time.Sleep(50 * time.Millisecond)
		text, _ := os.ReadFile(log)
		if !strings.Contains(string(text), "WSGI app 0 (mountpoint='') ready") {
			continue
		}
		if conn, err := net.Dial("tcp", address); err == nil {
			conn.Close()
			return
		}
	}
	text, _ := os.ReadFile(log)
	t.Fatalf("uwsgi is not ready:\n%s", text)
}

// KeystoneInUWSGI runs the lab's Keystone in uwsgi, with what now lies below its root.
func KeystoneInUWSGI(t testing.TB, l *lab.Lab, address string) (stop func()) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(l.Root, "etc/keystone/keystone.conf.d/*.conf"))
	if err != nil {
		t.Fatal(err)
	}
	files = append([]string{filepath.Join(l.Root, "etc/keystone/keystone.conf")}, files...)
	return UWSGI(t, address, "/usr/bin/keystone-wsgi-public", "OS_KEYSTONE_CONFIG_FILES="+strings.Join(files, ";"))
}

// EnvironInUWSGI answers at address with the environment that reaches a program.
func EnvironInUWSGI(t testing.TB, address string) (stop func()) {
	t.Helper()
	script := filepath.Join(environFolder(t, ""), "environ.py")
	if err := os.WriteFile(script, []byte(environProgram), 0o644); err != nil {
		t.Fatal(err)
	}
	return UWSGI(t, address, script)
}
