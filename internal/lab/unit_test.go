package lab

import (
	"archive/zip"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

func TestEnvName(t *testing.T) {
	for secret, want := range map[string]string{
		"admin": "OS_PASSWORD", "corp-keystone": "CORP_CLIENT_SECRET", "corp-keystone-cli": "CORP_CLI_SECRET",
		"partner-wiki": "PARTNER_WIKI_SECRET", "campus-user-alice": "CAMPUS_ALICE_PASSWORD",
	} {
		if got := envName(secret); got != want {
			t.Errorf("envName(%q) = %q, want %q", secret, got, want)
		}
	}
}

func TestCheckFolder(t *testing.T) {
	for name, c := range map[string]struct {
		make func(t *testing.T, dir string) string // returns the folder to check
		want string                                // in the error; empty: none
	}{
		"missing":        {func(t *testing.T, dir string) string { return filepath.Join(dir, "new") }, ""},
		"empty":          {func(t *testing.T, dir string) string { return dir }, ""},
		"an ended lab":   {func(t *testing.T, dir string) string { mkdir(t, dir, "log", 0o755); return dir }, ""},
		"foreign file":   {func(t *testing.T, dir string) string { write(t, dir+"/notes", "x"); return dir }, "holds notes"},
		"a lab":          {func(t *testing.T, dir string) string { write(t, dir+"/lab.json", "{}"); return dir }, "lab down"},
		"closed parent":  {func(t *testing.T, dir string) string { mkdir(t, dir, "closed", 0o700); return dir + "/closed/lab" }, "may not enter "},
		"too long":       {func(t *testing.T, dir string) string { return dir + "/" + strings.Repeat("x", 80) }, "at most 80 bytes"},
		"space in it":    {func(t *testing.T, dir string) string { return dir + "/my lab" }, "plain characters"},
		"a file, no dir": {func(t *testing.T, dir string) string { write(t, dir+"/f", "x"); return dir + "/f" }, "not a directory"},
	} {
		t.Run(name, func(t *testing.T) {
			l, err := newLab(Options{Dir: c.make(t, openDir(t)), BasePort: 15000})
			if err != nil {
				t.Fatal(err)
			}
			err = l.checkFolder()
			if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
				t.Errorf("checkFolder: %v, want %q", err, c.want)
			}
		})
	}
}

func mkdir(t *testing.T, dir, name string, mode os.FileMode) {
	t.Helper()
	if err := os.Mkdir(filepath.Join(dir, name), mode); err != nil {
		t.Fatal(err)
	}
}

func TestPortsOutOfRange(t *testing.T) {
	for _, base := range []int{-1, 0, 65535, 65535 - lastOffset + 1} {
		if err := checkPorts(&Options{BasePort: base}); err == nil || !strings.Contains(err.Error(), "within 1 and 65535") {
			t.Errorf("base port %d: %v", base, err)
		}
	}
}

// TestReadStat: a program may name itself so that its line in /proc looks like another's.
func TestReadStat(t *testing.T) {
	odd := filepath.Join(t.TempDir(), "a) R 1 1 (b")
	sleep, err := exec.LookPath("sleep")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(sleep, odd); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(odd, "60")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	own, _ := readStat(os.Getpid())
	got, ok := readStat(cmd.Process.Pid)
	if !ok || got.ended() || got.start < own.start {
		t.Errorf("readStat: %+v %v, want a living process that started after %+v", got, ok, own)
	}
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	if _, ok := readStat(cmd.Process.Pid); ok {
		t.Error("readStat finds a process that was reaped")
	}
}

func TestLogTail(t *testing.T) {
	name := filepath.Join(t.TempDir(), "log")
	write(t, name, "old line\n")
	mark := markLog(name)
	write(t, name, "old line\n"+strings.Repeat("filler\n", 1000)+"last line\n")
	got := mark.tail()
	if strings.Contains(got, "old line") || !strings.HasSuffix(got, "last line") || len(got) > 3200 {
		t.Errorf("tail of %d bytes: %.80q…", len(got), got)
	}
}

// TestPrepared: two at once build once, and a failed build leaves nothing that counts.
func TestPrepared(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	broken := errors.New("broken off")
	if _, err := prepared(t.Context(), "thing", func(string) error { return broken }); !errors.Is(err, broken) {
		t.Fatalf("a failed build: %v", err)
	}
	var mu sync.Mutex
	built := 0
	build := func(dir string) error {
		mu.Lock()
		defer mu.Unlock()
		built++
		return os.WriteFile(filepath.Join(dir, "whole"), nil, 0o644)
	}
	errs := together(t.Context(), prepareOne(build), prepareOne(build), prepareOne(build))
	if errs != nil || built != 1 {
		t.Errorf("built %d times (%v), want once", built, errs)
	}
}

func prepareOne(build func(string) error) func(context.Context) error {
	return func(ctx context.Context) error {
		dir, err := prepared(ctx, "thing", build)
		if err != nil {
			return err
		}
		_, err = os.Stat(filepath.Join(dir, "whole"))
		return err
	}
}

func TestUnzipStaysInside(t *testing.T) {
	dir := t.TempDir()
	archive := filepath.Join(dir, "a.zip")
	f, err := os.Create(archive)
	if err != nil {
		t.Fatal(err)
	}
	z := zip.NewWriter(f)
	for _, name := range []string{"top/inside/file", "top/../../outside"} {
		if _, err := z.Create(name); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(z.Close(), f.Close()); err != nil {
		t.Fatal(err)
	}
	mkdir(t, dir, "to", 0o755)
	if err := unzip(archive, filepath.Join(dir, "to")); err == nil || !strings.Contains(err.Error(), "leads out of the folder") {
		t.Errorf("an entry with ..: %v", err)
	}
	if _, err := os.Stat(filepath.Join(dir, "to/inside/file")); err != nil {
		t.Errorf("the good entry: %v", err)
	}
	if err := checkSum(archive, strings.Repeat("0", 64)); err == nil || !strings.Contains(err.Error(), "SHA-256") {
		t.Errorf("a wrong sum: %v", err)
	}
}

// TestInstallWithoutMeans: with nothing in PATH nothing is tried, and the error says what to install.
func TestInstallWithoutMeans(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	err := Install(t.Context(), Needs{Light, Browser}, nil)
	if err == nil {
		t.Fatal("Install without apt-get succeeded")
	}
	for _, want := range []string{"no apt-get", "nodejs", "apt-get install --no-install-recommends chromium", "npm ci"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the error lacks %q:\n%v", want, err)
		}
	}
}
