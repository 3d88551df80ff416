package examples_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/fedstone/fedstone/internal/lab"
	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// mayHold are the files below the lab's folder that are meant to hold a secret.
var mayHold = []*regexp.Regexp{
	regexp.MustCompile(`^secrets/`),
	regexp.MustCompile(`^root/etc/apache2/oidc/.*\.client$`),
	regexp.MustCompile(`^root/etc/apache2/sites-enabled/10-keystone_wsgi\.conf$`),
	regexp.MustCompile(`^root/etc/keystone/keystone\.conf$`),
	regexp.MustCompile(`^(keycloak|campus|issuer|light)/`), // the issuers know their own clients
	regexp.MustCompile(`^mariadb/`),
	regexp.MustCompile(`^horizon/`),
}

var tokenShaped = regexp.MustCompile(`eyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]+\.|gAAAA[A-Za-z0-9_=-]{20,}`)

// TestNoSecretLeaks runs the whole loop and looks for every secret and every
// token in what it printed, in the process list and in the files it left.
func TestNoSecretLeaks(t *testing.T) {
	watch := watchProcesses(labtest.Open(t).Dir)
	d := labtest.Quickstart(t)
	var out bytes.Buffer
	for _, args := range [][]string{
		{"render", "-o", d.Lab.Root, "--prefix", d.Lab.Root, "--diff"}, {"apply", "--plan", "--debug"},
		{"probe", "--isolation", "--debug"}, {"probe", "--isolation", "--format", "json", "--debug"},
	} {
		cmd := d.Command(args...)
		cmd.Stdout, cmd.Stderr = &out, &out
		if err := cmd.Run(); err != nil {
			t.Fatalf("fedstone %s: %v\n%s", strings.Join(args, " "), err, out.String())
		}
	}
	if out.Len() < 1000 {
		t.Fatalf("the loop printed %d bytes only: nothing was looked at", out.Len())
	}
	secrets := labSecrets(t, d.Lab)
	expectClean(t, "what the commands printed", out.Bytes(), secrets)
	commands := watch()
	if !bytes.Contains(commands, []byte("--isolation")) {
		t.Error("the process list was watched without seeing the probe itself")
	}
	expectClean(t, "the process list", commands, secrets)
	expectCleanFiles(t, d.Lab, secrets)
}

// labSecrets gives every secret of the lab by name.
func labSecrets(t *testing.T, l *lab.Lab) map[string]string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Join(l.Dir, "secrets"))
	if err != nil || len(entries) < 10 {
		t.Fatalf("the lab's secrets: %d of them, %v", len(entries), err)
	}
	secrets := map[string]string{"passphrase": labtest.Passphrase}
	for _, e := range entries {
		text, err := os.ReadFile(l.SecretFile(e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		secrets[e.Name()] = strings.TrimSpace(string(text))
	}
	return secrets
}

// expectClean never prints what it found, only its name and how often.
func expectClean(t *testing.T, where string, text []byte, secrets map[string]string) {
	t.Helper()
	for name, value := range secrets {
		if n := bytes.Count(text, []byte(value)); n > 0 {
			t.Errorf("%s holds the secret %s (%d times)", where, name, n)
		}
	}
	if found := tokenShaped.FindAllIndex(text, -1); len(found) > 0 {
		t.Errorf("%s holds %d texts shaped like a token, the first at byte %d", where, len(found), found[0][0])
	}
}

// expectCleanFiles looks into every file below the lab's folder that is not
// meant to hold a secret. Those that are must be closed to others.
func expectCleanFiles(t *testing.T, l *lab.Lab, secrets map[string]string) {
	t.Helper()
	logs := 0
	err := filepath.WalkDir(l.Dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		name, _ := filepath.Rel(l.Dir, path)
		for _, allowed := range mayHold {
			if allowed.MatchString(name) {
				return expectClosed(t, path, d)
			}
		}
		if strings.HasPrefix(name, "log/") {
			logs++
		}
		text, err := os.ReadFile(path)
		expectClean(t, name, text, secrets)
		return err
	})
	if err != nil || logs < 3 {
		t.Fatalf("walked the lab's folder: %d logs, %v", logs, err)
	}
}

func expectClosed(t *testing.T, path string, d fs.DirEntry) error {
	t.Helper()
	info, err := d.Info()
	if err != nil {
		return err
	}
	folder, err := os.Stat(filepath.Dir(path))
	if err != nil {
		return err
	}
	if info.Mode().Perm()&0o004 != 0 && folder.Mode().Perm()&0o001 != 0 && regexp.MustCompile(`secrets/|\.client$|_wsgi\.conf$`).MatchString(path) {
		t.Errorf("%s holds a secret and is open to everybody (%v)", path, info.Mode())
	}
	return nil
}

// watchProcesses collects the command line of every process that works for this
// lab, until the returned function is called.
func watchProcesses(dir string) func() []byte {
	stop, done := make(chan bool), make(chan []byte)
	go func() {
		seen := map[string]bool{}
		for {
			select {
			case <-stop:
				var all bytes.Buffer
				for line := range seen {
					all.WriteString(line + "\n")
				}
				done <- all.Bytes()
				return
			case <-time.After(20 * time.Millisecond):
				collectCommandLines(dir, seen)
			}
		}
	}()
	return func() []byte { stop <- true; return <-done }
}

// collectCommandLines knows a lab's processes, and the commands run against it,
// by the folder that their environment names.
func collectCommandLines(dir string, seen map[string]bool) {
	folders, _ := filepath.Glob("/proc/[0-9]*")
	for _, f := range folders {
		env, err := os.ReadFile(filepath.Join(f, "environ"))
		if err != nil || !bytes.Contains(env, []byte("="+dir+"\x00")) {
			continue
		}
		if text, err := os.ReadFile(filepath.Join(f, "cmdline")); err == nil {
			seen[string(text)] = true
		}
	}
}
