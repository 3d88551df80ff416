package main

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/fedstone/fedstone/internal/lab"
	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// needLab skips where a light lab cannot be brought up.
func needLab(t *testing.T) {
	t.Helper()
	if os.Geteuid() != 0 {
		labtest.Require(t, "a lab needs root")
	}
	if missing := lab.Missing(lab.Needs{lab.HTTPD, lab.Stack, lab.Light}); len(missing) > 0 {
		labtest.Require(t, strings.Join(missing, "; "))
	}
}

// labCaller has a folder that the lab's users may enter, and the tester's cache
// of prepared programs.
func labCaller(t *testing.T) (c caller, flags []string, base int) {
	t.Helper()
	dir, err := os.MkdirTemp("/var/tmp", "fedstone-fault-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	c = newCaller(t)
	c.dir = dir
	if cache, err := os.UserCacheDir(); err == nil {
		c.env["XDG_CACHE_HOME"] = cache
	}
	base = freeBase(t)
	t.Cleanup(func() { c.run("lab", "down", "--dir", filepath.Join(dir, "lab")) })
	return c, []string{"--dir", filepath.Join(dir, "lab"), "--base-port", fmt.Sprint(base), "--without", "keycloak"}, base
}

// freeBase finds a block whose ports are free now.
func freeBase(t *testing.T) int {
	t.Helper()
	for base := 55000; base <= 64000; base += 500 {
		if listenable(base, base+51, base+444) {
			return base
		}
	}
	t.Fatal("no block of ports is free")
	return 0
}

func listenable(ports ...int) bool {
	for _, port := range ports {
		l, err := net.Listen("tcp", fmt.Sprintf(":%d", port))
		if err != nil {
			return false
		}
		_ = l.Close()
	}
	return true
}

// nothingLeft checks that no process of the lab lives, and that only logs stay.
func nothingLeft(t *testing.T, dir string) {
	t.Helper()
	environs, _ := filepath.Glob("/proc/[0-9]*/environ")
	for _, environ := range environs {
		text, _ := os.ReadFile(environ) // one that ended meanwhile is no fault
		if strings.Contains("\x00"+string(text), "\x00FEDSTONE_LAB_PROCESS_OF="+dir+"\x00") {
			t.Errorf("%s still lives", filepath.Dir(environ))
		}
	}
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		if e.Name() != "log" {
			t.Errorf("%s is left in %s", e.Name(), dir)
		}
	}
}

func TestLabPortInUse(t *testing.T) {
	needLab(t)
	c, flags, base := labCaller(t)
	taken, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", base+444))
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	for _, args := range [][]string{{"lab", "up"}, {"lab", "run"}} {
		args = append(args, flags...)
		if args[1] == "run" {
			args = append(args, "--", "true")
		}
		done := c.run(args...)
		done.expect(t, exitFailed, fmt.Sprintf("port %d (the light OpenID Provider)", base+444), "another program listens there", "--base-port")
		done.silent(t)
		nothingLeft(t, filepath.Join(c.dir, "lab"))
	}
}

// TestLabInterrupted brings one lab up: a refused configuration is mended and
// reloaded by the command line, then the run is interrupted and everything ends.
func TestLabInterrupted(t *testing.T) {
	needLab(t)
	c, flags, _ := labCaller(t)
	script := c.file("script", `
sites=$FEDSTONE_LAB/root/etc/apache2/sites-enabled
echo NoSuchDirective on >"$sites/broken.conf"
fedstone lab reload --dir "$FEDSTONE_LAB"; echo "refused: status $?"
fedstone lab reload --dir "$FEDSTONE_LAB"; echo "refused again: status $?"
fedstone lab status --dir "$FEDSTONE_LAB"; echo "down: status $?"
rm "$sites/broken.conf"
fedstone lab reload --dir "$FEDSTONE_LAB"; echo "mended: status $?"
fedstone lab status --dir "$FEDSTONE_LAB"; echo "up: status $?"
touch ready; exec sleep 300
`)
	r := c.start(append(append([]string{"lab", "run"}, flags...), "--", "bash", script)...)
	waitFor(t, filepath.Join(c.dir, "ready"))
	r.interrupt(t)
	c.end(r).expect(t, exitInterrupted, "refused: status 3", "Invalid command 'NoSuchDirective'", "refused again: status 3", "down: status 1",
		"fedstone lab reload", "mended: status 0", "up: status 0")
	nothingLeft(t, filepath.Join(c.dir, "lab"))
}

func TestLabUpInterrupted(t *testing.T) {
	needLab(t)
	c, flags, _ := labCaller(t)
	r := c.start(append([]string{"lab", "up"}, flags...)...)
	waitFor(t, filepath.Join(c.dir, "lab", "log", "mariadb.log"))
	r.interrupt(t)
	done := c.end(r)
	done.expect(t, exitInterrupted, "interrupt")
	done.silent(t)
	nothingLeft(t, filepath.Join(c.dir, "lab"))
}

// TestLabFullDisk: MariaDB finds no room.
func TestLabFullDisk(t *testing.T) {
	needLab(t)
	c, flags, _ := labCaller(t)
	c.disk("lab", "1m")
	done := c.run(append([]string{"lab", "up"}, flags...)...)
	done.expect(t, exitFailed, "no space left on device")
	done.silent(t)
	nothingLeft(t, filepath.Join(c.dir, "lab"))
}

func TestLabRunNoSuchCommand(t *testing.T) {
	c, flags, _ := labCaller(t)
	done := c.run(append(append([]string{"lab", "run"}, flags...), "--", "no-such-command")...)
	done.expect(t, exitFailed, "no-such-command", "not found")
	nothingLeft(t, filepath.Join(c.dir, "lab"))
}

func waitFor(t *testing.T, path string) {
	t.Helper()
	for waited := time.Duration(0); waited < time.Minute; waited += 20 * time.Millisecond {
		if _, err := os.Stat(path); err == nil {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Errorf("%s did not come", path)
}
