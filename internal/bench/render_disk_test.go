package bench

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// BenchmarkRenderToDisk is the whole process `fedstone render` from a description
// with saved documents to a new folder, against a loop that writes the same bytes
// into as many files. Both make their files last by one syncfs; the loop reads,
// proves, owns and renames nothing.
func BenchmarkRenderToDisk(b *testing.B) {
	bin := labtest.Binary(b)
	for _, n := range []int{1000, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			dir := described(b, n)
			first := filepath.Join(dir, "first")
			render := func(args ...string) sample {
				return process(b, bin, append([]string{"render", "-f", filepath.Join(dir, "federation.yaml"), "--offline", "-o"}, args...)...)
			}
			render(first)()
			files := readTree(b, first)
			ours := anew(dir, "ours", func(to string) time.Duration { return render(to)() })
			theirs := anew(dir, "theirs", func(to string) time.Duration { return writeTree(b, to, files) })
			for b.Loop() {
				a, p, ratio := pairs(b, 3, ours, theirs)
				row{fmt.Sprintf("render of %d identity providers to disk, whole process: %d files", n, len(files)), inMS(a), inMS(p) + " (a loop that writes the same files, synced the same)", fmt.Sprintf("%.2f", ratio), "≤ 2 × the loop"}.write(b)
				c := median([]time.Duration{render(first, "--check")(), render(first, "--check")(), render(first, "--check")()})
				row{fmt.Sprintf("render --check of %d, nothing changed, whole process", n), inMS(c), "none", "–", "≤ 1 s for 10000"}.write(b)
			}
		})
	}
}

// described writes a description of n providers, with their documents saved.
func described(b *testing.B, n int) string {
	b.Helper()
	dir := b.TempDir()
	var y strings.Builder
	y.WriteString("version: 1\nplatform: debian-12\nhttpd: {crypto_passphrase: {file: secret}}\n" +
		"keystone: {url: " + keystoneURL + ", dashboards: [https://dashboard.example.org/dashboard]}\nidentity_providers:\n")
	for i := range n {
		issuer := fmt.Sprintf("https://sso.example.org/realms/r%d", i)
		fmt.Fprintf(&y, "  idp-%d:\n    issuer: %s\n    metadata: r%d.json\n    client: {id: keystone, secret: {file: secret}}\n"+
			"    bearer: {audience: keystone, clients: [cli]}\n    rules:\n      - {user: {name: \"{preferred_username}\"}, groups: \"{groups}\", only: {groups: [users, readers]}}\n", i, issuer, i)
		document, err := json.Marshal(discovery(issuer).Raw)
		write(b, filepath.Join(dir, fmt.Sprintf("r%d.json", i)), document, err)
	}
	write(b, filepath.Join(dir, "secret"), []byte(strings.Repeat("s", 40)), nil)
	write(b, filepath.Join(dir, "federation.yaml"), []byte(y.String()), nil)
	return dir
}

func write(b *testing.B, name string, text []byte, err error) {
	b.Helper()
	if err == nil {
		err = os.WriteFile(name, text, 0o600)
	}
	if err != nil {
		b.Fatal(err)
	}
}

// anew runs a sample in a folder that was never there, while nothing waits for the
// disk. What was there is not removed in between: ext4 is slow to give out what has
// just been deleted (fs/ext4/ialloc.c, recently_deleted).
func anew(dir, name string, run func(to string) time.Duration) sample {
	n := 0
	return func() time.Duration {
		n++
		unix.Sync()
		return run(filepath.Join(dir, name+strconv.Itoa(n)))
	}
}

func readTree(b *testing.B, dir string) map[string][]byte {
	b.Helper()
	out := map[string][]byte{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(p string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			out[p], err = os.ReadFile(filepath.Join(dir, p))
		}
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return out
}

func writeTree(b *testing.B, dir string, files map[string][]byte) time.Duration {
	for p := range files {
		if err := os.MkdirAll(filepath.Join(dir, filepath.Dir(p)), 0o755); err != nil {
			b.Fatal(err)
		}
	}
	return timed(func() {
		for p, text := range files {
			write(b, filepath.Join(dir, p), text, nil)
		}
		top, err := os.Open(dir)
		if err == nil {
			err = unix.Syncfs(int(top.Fd()))
		}
		if err != nil {
			b.Fatal(err)
		}
		_ = top.Close()
	})
}
