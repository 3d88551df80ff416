package templates

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// anything is the proof of texts that no format is needed for.
func anything([]byte) error { return nil }

// bundleOf is a bundle of two files, one of them secret, and its manifest.
func bundleOf(t *testing.T, version string) *Bundle {
	t.Helper()
	b := &Bundle{Platform: "debian-12", Manifest: "/var/lib/fedstone/manifest.json",
		Folders: []Folder{{Path: "/etc/oidc", Mode: 0o750, Owner: "root", Group: "root"}},
		Files: []File{
			{Path: "/etc/oidc/a.client", Kind: Metadata, Mode: 0o640, Owner: "root", Group: "root", Secret: true, Content: []byte(`{"client_secret": "` + version + `"}` + "\n"), readBack: anything},
			{Path: "/etc/site.conf", Kind: HTTPD, Mode: 0o644, Owner: "root", Group: "root", Content: []byte("Listen " + version + "\n"), readBack: anything},
		}}
	m, err := b.manifest()
	if err != nil {
		t.Fatal(err)
	}
	b.Files = append(b.Files, m)
	return b
}

func put(t *testing.T, b *Bundle, dir string) Report {
	t.Helper()
	r, err := Write(context.Background(), b, dir, WriteOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// tree gives every path below dir with its mode and content.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		if !info.Mode().IsRegular() {
			out[strings.TrimPrefix(path, dir)] = info.Mode().Type().String()
			return nil
		}
		content, err := os.ReadFile(path)
		out[strings.TrimPrefix(path, dir)] = info.Mode().String() + " " + string(content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestWriteTwice(t *testing.T) {
	defer syscall.Umask(syscall.Umask(0o077)) // the mode is ours, whatever the umask
	dir := filepath.Join(t.TempDir(), "new")
	first := put(t, bundleOf(t, "1"), dir)
	if len(first.Created) != 3 || first.Created[2] != "/var/lib/fedstone/manifest.json" {
		t.Errorf("created %v, want three files, the manifest last", first.Created)
	}
	before, times := tree(t, dir), stamps(t, dir)
	time.Sleep(10 * time.Millisecond)
	second := put(t, bundleOf(t, "1"), dir)
	if len(second.Created)+len(second.Updated)+len(second.Pruned) > 0 || len(second.Unchanged) != 3 {
		t.Errorf("the second run reports %+v", second)
	}
	if diff := cmp.Diff(before, tree(t, dir)) + cmp.Diff(times, stamps(t, dir)); diff != "" {
		t.Errorf("the second run changed (-before +after):\n%s", diff)
	}
	if got := before["/etc/oidc/a.client"]; !strings.HasPrefix(got, "-rw-r----- ") {
		t.Errorf("secret file: %s", got)
	}
	if info, err := os.Stat(filepath.Join(dir, "etc/oidc")); err != nil || info.Mode().Perm() != 0o750 {
		t.Errorf("metadata folder: %v %v", info.Mode(), err)
	}
}

func stamps(t *testing.T, dir string) map[string]time.Time {
	t.Helper()
	out := map[string]time.Time{}
	for path := range tree(t, dir) {
		info, err := os.Stat(dir + path)
		if err != nil {
			t.Fatal(err)
		}
		out[path] = info.ModTime()
	}
	return out
}

func TestStale(t *testing.T) {
	dir := t.TempDir()
	put(t, bundleOf(t, "1"), dir)
	smaller := func() *Bundle {
		b := bundleOf(t, "1")
		b.Files = append(b.Files[1:2:2], File{Path: "/etc/oidc/b.client", Mode: 0o640, Owner: "root", Group: "root", Content: []byte("{}\n"), readBack: anything})
		m, err := b.manifest()
		if err != nil {
			t.Fatal(err)
		}
		b.Files = append(b.Files, m)
		return b
	}
	want := []string{"/etc/oidc/a.client"}
	for range 2 { // not forgotten by the second run either
		if r := put(t, smaller(), dir); cmp.Diff(want, r.Stale) != "" {
			t.Fatalf("stale %v, want %v", r.Stale, want)
		}
	}
	drift, err := Check(smaller(), dir)
	if err != nil || cmp.Diff([]Drift{{"/etc/oidc/a.client", "no longer produced"}}, drift) != "" {
		t.Errorf("check: %v %v", drift, err)
	}
	r, err := Write(context.Background(), smaller(), dir, WriteOptions{Prune: true})
	if err != nil || cmp.Diff(want, r.Pruned) != "" {
		t.Errorf("pruned %v, %v", r.Pruned, err)
	}
	if drift, err := Check(smaller(), dir); err != nil || len(drift) > 0 {
		t.Errorf("after pruning: %v %v", drift, err)
	}
}

// TestForeignManifest: a manifest cannot name files elsewhere for removal.
func TestForeignManifest(t *testing.T) {
	dir := t.TempDir()
	put(t, bundleOf(t, "1"), dir)
	writeFile(t, filepath.Join(dir, "home/me"), "mine")
	writeFile(t, filepath.Join(dir, "var/lib/fedstone/manifest.json"), `{"version":1,"files":[{"path":"/home/me"},{"path":"/etc/../home/me"},{"path":"etc/site.conf"}]}`)
	r, err := Write(context.Background(), bundleOf(t, "1"), dir, WriteOptions{Prune: true})
	if err != nil || len(r.Pruned) > 0 {
		t.Errorf("pruned %v, %v", r.Pruned, err)
	}
}

func TestCheckAndDiff(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "none")
	if drift, err := Check(bundleOf(t, "1"), dir); err != nil || len(drift) != 3 {
		t.Errorf("nothing there: %v %v", drift, err)
	}
	put(t, bundleOf(t, "old-secret"), dir)
	if text, err := Diff(bundleOf(t, "old-secret"), dir); err != nil || len(text) > 0 {
		t.Errorf("no difference: %s %v", text, err)
	}
	text, err := Diff(bundleOf(t, "new-secret"), dir)
	for _, want := range []string{"-Listen old-secret", "+Listen new-secret", "<secret "} {
		if err != nil || !strings.Contains(string(text), want) {
			t.Errorf("diff lacks %q: %v\n%s", want, err, text)
		}
	}
	if strings.Contains(string(text), `: "old-secret"`) || strings.Contains(string(text), `: "new-secret"`) {
		t.Errorf("diff shows a secret:\n%s", text)
	}
	if err := os.Chmod(filepath.Join(dir, "etc/site.conf"), 0o666); err != nil {
		t.Fatal(err)
	}
	if drift, err := Check(bundleOf(t, "old-secret"), dir); err != nil || len(drift) != 1 || drift[0].What != "mode is 0666 instead of 0644" {
		t.Errorf("mode: %v %v", drift, err)
	}
}

// TestModesAreNeverWidened: what is less open than described stays so, and what
// is more open is closed.
func TestModesAreNeverWidened(t *testing.T) {
	for name, c := range map[string]struct{ there, want fs.FileMode }{
		"less open": {0o600, 0o600}, "as described": {0o644, 0o644}, "more open": {0o666, 0o644}, "both": {0o606, 0o604},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			site := filepath.Join(dir, "etc/site.conf")
			put(t, bundleOf(t, "1"), dir)
			for _, version := range []string{"1", "2"} { // unchanged, changed
				if err := os.Chmod(site, c.there); err != nil {
					t.Fatal(err)
				}
				report := put(t, bundleOf(t, version), dir)
				info, err := os.Stat(site)
				if err != nil || info.Mode().Perm() != c.want {
					t.Errorf("mode %04o became %04o, %v; want %04o", c.there, info.Mode().Perm(), err, c.want)
				}
				if stays := strings.Contains(strings.Join(report.Notes, ""), "is less open"); stays != (version == "1" && c.there == 0o600) {
					t.Errorf("notes %q", report.Notes)
				}
				if drift, err := Check(bundleOf(t, version), dir); err != nil || len(drift) > 0 {
					t.Errorf("afterwards: %v %v", drift, err)
				}
			}
		})
	}
}

// TestVeil: httpd's secrets are covered, and a change of them is still seen.
func TestVeil(t *testing.T) {
	f := File{Kind: HTTPD, Secret: true}
	dir := t.TempDir()
	b := bundleOf(t, "1")
	b.Files[1].Secret, b.Files[1].Content = true, []byte("OIDCCryptoPassphrase canary-1\nListen 1\n")
	put(t, b, dir)
	b.Files[1].Content = []byte("OIDCCryptoPassphrase canary-2\nListen 1\n")
	text, err := Diff(b, dir)
	if err != nil || strings.Contains(string(text), "canary") || !strings.Contains(string(text), "-OIDCCryptoPassphrase <secret ") || !strings.Contains(string(text), " Listen 1") {
		t.Errorf("%v\n%s", err, text)
	}
	if got := (veil{}).text(f, nil); len(got) > 0 {
		t.Errorf("nothing became %q", got)
	}
}

func TestRefusedTargets(t *testing.T) {
	cases := map[string]func(t *testing.T, dir string){
		"a link":                    func(t *testing.T, dir string) { symlink(t, "/etc/passwd", filepath.Join(dir, "etc/site.conf")) },
		"a folder":                  func(t *testing.T, dir string) { mkdir(t, filepath.Join(dir, "etc/site.conf"), 0o755) },
		"a pipe":                    func(t *testing.T, dir string) { fifo(t, filepath.Join(dir, "etc/site.conf")) },
		"a folder that leads away":  func(t *testing.T, dir string) { symlink(t, t.TempDir(), filepath.Join(dir, "etc/oidc")) },
		"a folder open to everyone": func(t *testing.T, dir string) { mkdir(t, filepath.Join(dir, "var"), 0o777) },
		"a manifest of no kind": func(t *testing.T, dir string) {
			writeFile(t, filepath.Join(dir, "var/lib/fedstone/manifest.json"), "x")
		},
	}
	for name, prepare := range cases {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			mkdir(t, filepath.Join(dir, "etc"), 0o755)
			prepare(t, dir)
			if _, err := Write(context.Background(), bundleOf(t, "1"), dir, WriteOptions{}); err == nil {
				t.Error("written all the same")
			}
			noLeftovers(t, dir)
			if _, err := os.Stat(filepath.Join(dir, "etc/oidc/a.client")); err == nil {
				t.Error("a file was put in place")
			}
		})
	}
}

func noLeftovers(t *testing.T, dir string) {
	t.Helper()
	_ = filepath.WalkDir(dir, func(path string, _ fs.DirEntry, _ error) error {
		if strings.Contains(filepath.Base(path), ".fedstone-") {
			t.Errorf("left over: %s", path)
		}
		return nil
	})
}

func TestTwoAtOnce(t *testing.T) {
	dir := t.TempDir()
	d, err := openDisk(dir, true)
	if err != nil {
		t.Fatal(err)
	}
	release, err := d.Lock()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Write(context.Background(), bundleOf(t, "1"), dir, WriteOptions{}); err == nil || !strings.Contains(err.Error(), "another run") {
		t.Errorf("the second writer: %v", err)
	}
	if err := errors.Join(release(), d.Close()); err != nil {
		t.Fatal(err)
	}
	put(t, bundleOf(t, "1"), dir)
}

func TestInterrupted(t *testing.T) {
	dir := t.TempDir()
	put(t, bundleOf(t, "1"), dir)
	before := tree(t, dir)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Write(ctx, bundleOf(t, "2"), dir, WriteOptions{}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want canceled", err)
	}
	if diff := cmp.Diff(before, tree(t, dir)); diff != "" {
		t.Errorf("changed (-before +after):\n%s", diff)
	}
}

func writeFile(t *testing.T, path, content string) {
	t.Helper()
	mkdir(t, filepath.Dir(path), 0o755)
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

func mkdir(t *testing.T, path string, mode fs.FileMode) {
	t.Helper()
	if err := errors.Join(os.MkdirAll(path, 0o755), os.Chmod(path, mode)); err != nil {
		t.Fatal(err)
	}
}

func symlink(t *testing.T, to, path string) {
	t.Helper()
	if err := os.Symlink(to, path); err != nil {
		t.Fatal(err)
	}
}

func fifo(t *testing.T, path string) {
	t.Helper()
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestOpenFolder: a metadata directory that others may write into is no longer as
// described, also where every file in it is; writing again closes it.
func TestOpenFolder(t *testing.T) {
	dir := t.TempDir()
	b := bundleOf(t, "1")
	put(t, b, dir)
	folder := filepath.Join(dir, "etc/oidc")
	for mode, want := range map[fs.FileMode][]Drift{
		0o770: {{"/etc/oidc", "mode is 0770 instead of 0750"}},
		0o755: {{"/etc/oidc", "mode is 0755 instead of 0750"}},
		0o700: nil,
	} {
		if err := os.Chmod(folder, mode); err != nil {
			t.Fatal(err)
		}
		got, err := Check(b, dir)
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("mode %o: %v (-want +got):\n%s", mode, err, diff)
		}
		if shown, err := Diff(b, dir); err != nil || (len(shown) > 0) != (want != nil) {
			t.Errorf("mode %o: the difference is %q, %v", mode, shown, err)
		}
		put(t, b, dir)
		if got, err := Check(b, dir); err != nil || len(got) > 0 {
			t.Errorf("mode %o, written again: %v, %v", mode, got, err)
		}
	}
}

// TestDiffOfRights: a file that is more open than described is a difference, whatever is
// in it.
func TestDiffOfRights(t *testing.T) {
	dir := t.TempDir()
	b := bundleOf(t, "1")
	put(t, b, dir)
	if err := os.Chmod(filepath.Join(dir, "etc/oidc/a.client"), 0o644); err != nil {
		t.Fatal(err)
	}
	got, err := Diff(b, dir)
	if want := "/etc/oidc/a.client: mode is 0644 instead of 0640\n"; err != nil || string(got) != want {
		t.Errorf("got %q, %v; want %q", got, err, want)
	}
}
