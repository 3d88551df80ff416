package login_test

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/fedstone/fedstone/internal/login"
	"github.com/fedstone/fedstone/internal/oidc"
)

// TestModes: nobody else can come at a file of the cache, from its birth on.
func TestModes(t *testing.T) {
	old := syscall.Umask(0)
	defer syscall.Umask(old)
	w := newWorld(t)
	w.get(w.logins(), w.code())
	for path, want := range map[string]os.FileMode{w.dir: 0o700, filepath.Dir(w.dir): 0o700, w.file(): 0o600, strings.TrimSuffix(w.file(), ".json") + ".lock": 0o600} {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != want {
			t.Errorf("%s: %#o, want %#o", path, info.Mode().Perm(), want)
		}
	}
	if files, err := os.ReadDir(w.dir); err != nil || len(files) != 2 {
		t.Errorf("%d files in the cache, %v: want the record and its lock", len(files), err)
	}
}

// TestUnsafe: where somebody else could have been, nothing is used, and it is said.
func TestUnsafe(t *testing.T) {
	cases := map[string]struct {
		spoil func(t *testing.T, w *world)
		want  string
	}{
		"readable file": {func(t *testing.T, w *world) { must(t, os.Chmod(w.file(), 0o640)) }, "chmod 0600"},
		"foreign file":  {func(t *testing.T, w *world) { chown(t, w.file()) }, "belongs to user 65534"},
		"link": {func(t *testing.T, w *world) {
			must(t, os.Rename(w.file(), w.dir+"/x"), os.Symlink(w.dir+"/x", w.dir+"/"+login.Name(w.code())+".json"))
		}, "a link"},
		"folder instead": {func(t *testing.T, w *world) { path := w.file(); must(t, os.Remove(path), os.Mkdir(path, 0o700)) }, "not a regular file"},
		"open folder":    {func(t *testing.T, w *world) { must(t, os.Chmod(w.dir, 0o750)) }, "chmod 0700"},
		"foreign folder": {func(t *testing.T, w *world) { chown(t, w.dir) }, "belongs to user 65534"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.get(w.logins(), w.code())
			tc.spoil(t, w)
			cache, err := login.OpenCache(w.dir)
			if err == nil {
				l := w.without()
				l.Cache = cache
				_, err = l.Get(t.Context(), w.code())
			}
			if !login.Unsafe(err) || !strings.Contains(err.Error(), tc.want) || w.op.Asked("/authorize") != 1 {
				t.Errorf("%v after %d logins, want %q", err, w.op.Asked("/authorize"), tc.want)
			}
		})
	}
}

// TestDamaged: what cannot be read is told, and replaced.
func TestDamaged(t *testing.T) {
	for name, text := range map[string]string{"empty": "", "half": `{"version":1,"acc`, "no object": "[]", "too long": `{"version":1,"issuer":"` + strings.Repeat("a", 200<<10) + `"}`} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.get(w.logins(), w.code())
			must(t, os.WriteFile(w.file(), []byte(text), 0o600))
			got := w.get(w.logins(), w.code())
			if got.How != "by grant code" || len(got.Notes) != 1 || !strings.Contains(got.Notes[0], "damaged") {
				t.Errorf("%q, notes %q", got.How, got.Notes)
			}
			if again := w.get(w.logins(), w.code()); again.Asked {
				t.Error("it was not replaced")
			}
		})
	}
}

// TestStrange: a record of another login or version is none.
func TestStrange(t *testing.T) {
	for name, change := range map[string]func(map[string]any){
		"version": func(r map[string]any) { r["version"] = 2 },
		"issuer":  func(r map[string]any) { r["issuer"] = "https://other.example.org" },
		"expiry":  func(r map[string]any) { delete(r, "expiry"); delete(r, "refresh_token") },
		"bearer":  func(r map[string]any) { r["access_token"] = ""; delete(r, "refresh_token") },
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.get(w.logins(), w.code())
			edit(t, w, change)
			if got := w.get(w.logins(), w.code()); got.How != "by grant code" {
				t.Errorf("%q", got.How)
			}
		})
	}
}

func TestDefaultDir(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", "/x")
	if dir, err := login.DefaultDir(); dir != "/x/fedstone/tokens" || err != nil {
		t.Errorf("%s, %v", dir, err)
	}
	t.Setenv("XDG_CACHE_HOME", "")
	t.Setenv("HOME", "")
	if _, err := login.DefaultDir(); err == nil || oidc.KindOf(err) != "" {
		t.Errorf("without a home: %v", err)
	}
}

func must(t *testing.T, all ...error) {
	t.Helper()
	for _, err := range all {
		if err != nil {
			t.Fatal(err)
		}
	}
}

// chown gives a file to nobody, as only root can.
func chown(t *testing.T, path string) {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Skip("only root can give a file away")
	}
	must(t, os.Chown(path, 65534, 65534))
}
