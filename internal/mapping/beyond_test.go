package mapping_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping"
	"github.com/fedstone/fedstone/internal/spec"
)

// TestForHandWritten: a mapping written by hand is judged for the release it is
// written for.
func TestForHandWritten(t *testing.T) {
	const (
		domain  = `{"rules":[{"local":[{"projects":[{"name":"p","roles":[],"domain":{"name":"d"}}]}],"remote":[{"type":"x"}]}],"schema_version":"2.0"}`
		role    = `{"rules":[{"local":[{"projects":[{"name":"p","roles":[{"name":"r","id":"1"}]}]}],"remote":[{"type":"x"}]}]}`
		beside  = `{"id":"corp","links":{},"rules":[{"local":[],"remote":[{"type":"x"}]}]}`
		ignored = `{"rules":[{"local":[],"remote":[{"type":"x"}]}],"schema_version":"2.0"}`
	)
	cases := map[string]struct {
		src, release string
		want         []string // findings, or else the mapping
	}{
		"a project's domain on 2024.1":  {domain, "2024.1", []string{`{"schema_version":"2.0","rules":[{"local":[{"projects":[{"name":"p","roles":[],"domain":{"name":"d"}}]}],"remote":[{"type":"x"}]}]}`}},
		"a project's domain on wallaby": {domain, "wallaby", []string{`1:57 error rule 1: item 1 of "projects" of item 1 of "local" has "domain", which belongs to mapping schema 2.0 (Keystone 2024.1 and later); this is judged as schema 1.0, and Keystone wallaby knows no newer one`}},
		"more of a role on zed":         {role, "zed", []string{`1:67 error rule 1 has a role with "id", at which Keystone never looks`}},
		"what the API shows beside":     {beside, "2024.1", []string{`{"schema_version":"1.0","rules":[{"local":[],"remote":[{"type":"x"}]}]}`}},
		"a version that is passed over": {ignored, "zed", []string{`1:66 warning Keystone zed knows no mapping schemas: it evaluates this as 1.0, not as 2.0`, `{"schema_version":"2.0","rules":[{"local":[],"remote":[{"type":"x"}]}]}`}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, "m.json"), []byte(c.src), 0o600); err != nil {
				t.Fatal(err)
			}
			m, list, err := mapping.For(spec.IdentityProvider{Mapping: text("m.json")}, c.release, dir)
			if err != nil {
				t.Fatal(err)
			}
			got := told(list)
			if !list.HasErrors() {
				got = append(got, compact(t, m))
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// told gives findings without the path.
func told(list finding.List) []string {
	var out []string
	for _, f := range list {
		f.At.Path = "m"
		out = append(out, f.At.String()[2:]+" "+f.Severity.String()+" "+f.Message)
	}
	return out
}
