package suite

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestSeen: every file of a run is watched, and a change of each is noticed once.
func TestSeen(t *testing.T) {
	files(t, map[string]string{
		"rules.json":       rulesJSON,
		"federation.yaml":  description("    mapping: rules.json\n"),
		"dir/a.test.yaml":  "mapping: ../rules.json\ntests: [{name: a, jwt: t.txt, want: {}}]\n",
		"dir/t.txt":        jwt(`{"sub":"a"}`),
		"dir/unrelated.md": "x",
	})
	load := func() Seen { return sound(t, "federation.yaml", "dir").Seen }
	seen := load()
	want := []string{"dir", "dir/a.test.yaml", "dir/t.txt", "federation.yaml", "rules.json"}
	var got []string
	for _, path := range want {
		if _, ok := seen[path]; ok {
			got = append(got, path)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" || len(seen) != len(want) {
		t.Fatalf("seen %v (-want +got):\n%s", seen, diff)
	}
	if changed := seen.Changed(); changed != nil {
		t.Errorf("changed without a change: %v", changed)
	}
	for _, path := range want[1:] {
		later := time.Now().Add(time.Hour)
		if err := os.Chtimes(path, later, later); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{path}, seen.Changed()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", path, diff)
		}
		seen = load()
	}
	write(t, filepath.Join("dir", "b.test.yaml"), "mapping: ../rules.json\ntests: []\n")
	if diff := cmp.Diff([]string{"dir"}, seen.Changed()); diff != "" {
		t.Errorf("a new file (-want +got):\n%s", diff)
	}
}

// TestKeep: a description that is broken for the moment does not make the files
// that belong to it forgotten, nor changed for ever.
func TestKeep(t *testing.T) {
	files(t, map[string]string{"rules.json": rulesJSON, "federation.yaml": description("    mapping: rules.json\n")})
	before := sound(t, "federation.yaml").Seen
	write(t, "federation.yaml", "version: [\n")
	write(t, "rules.json", "[]")
	before = before.Again()
	p, err := Load([]string{"federation.yaml"}, nil)
	if err != nil || !p.Findings.HasErrors() {
		t.Fatalf("%v, %v", err, p.Findings)
	}
	p.Seen.Keep(before)
	if changed := p.Seen.Changed(); changed != nil {
		t.Errorf("changed: %v", changed)
	}
	if err := os.Remove("rules.json"); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"rules.json"}, p.Seen.Changed()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// TestKeepDuringTheRun: a file that changes while the run is under way, and that
// the run did not read, has changed afterwards.
func TestKeepDuringTheRun(t *testing.T) {
	files(t, map[string]string{"rules.json": rulesJSON})
	before := Seen{}
	before.look("rules.json")
	write(t, "rules.json", "[]")
	run := Seen{}
	run.Keep(before)
	if diff := cmp.Diff([]string{"rules.json"}, run.Changed()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
