package mapping_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/mapping"
	"github.com/fedstone/fedstone/validate/subject"
)

// TestExamples holds what errors say of every login against what Keystone answered to the logins of the examples.
func TestExamples(t *testing.T) {
	foretold := regexp.MustCompile(`every login.* ends in (\d+)$`)
	wants, err := filepath.Glob("../../examples/mappings/*/want.json")
	if err != nil || len(wants) == 0 {
		t.Fatal("there are no examples: ", err)
	}
	seen := 0
	for _, file := range wants {
		var want struct{ Status int }
		if err := json.Unmarshal(text(t, file), &want); err != nil {
			t.Fatal(err)
		}
		for _, f := range judge(t, filepath.Join(filepath.Dir(file), "mapping.json")) {
			said := foretold.FindStringSubmatch(f.Message)
			if f.Severity != finding.Error || said == nil {
				continue
			}
			if seen++; said[1] != fmt.Sprint(want.Status) {
				t.Errorf("%s: Keystone answered %d, but: %s", f.At, want.Status, f.Message)
			}
		}
	}
	if seen < 4 {
		t.Errorf("only %d errors foretell an answer", seen)
	}
}

// judge gives what the topic's rules say of a file, by themselves.
func judge(t testing.TB, paths ...string) finding.List {
	t.Helper()
	site, err := subject.Load("site", paths, subject.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var out finding.List
	for _, r := range mapping.Topic().Rules {
		for _, report := range r.Run(site) {
			out = append(out, report.Finding)
		}
	}
	return out
}

// FuzzRules: no JSON brings a rule down, and findings lie within the text.
func FuzzRules(f *testing.F) {
	files, err := filepath.Glob("testdata/*/fires/mapping.json")
	if err != nil || len(files) == 0 {
		f.Fatal("there are no fixtures: ", err)
	}
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(src)
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		path := filepath.Join(t.TempDir(), "mapping.json")
		if err := os.WriteFile(path, src, 0o600); err != nil {
			t.Fatal(err)
		}
		for _, found := range judge(t, path) {
			if end := found.At.End.Byte; found.At.Start.Byte > end || end > len(src) {
				t.Errorf("%s lies outside of the text: %s", found.At, found.Message)
			}
		}
	})
}

// BenchmarkRules judges a thousand mappings as a deployment with many issuers has them.
func BenchmarkRules(b *testing.B) {
	dir := b.TempDir()
	src, err := os.ReadFile("testdata/groups-unfiltered/silent/mapping.json")
	if err != nil {
		b.Fatal(err)
	}
	for i := range 1000 {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("idp%d.json", i)), src, 0o600); err != nil {
			b.Fatal(err)
		}
	}
	site, err := subject.Load("site", []string{dir}, subject.Options{})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		for _, r := range mapping.Topic().Rules {
			r.Run(site)
		}
	}
}
