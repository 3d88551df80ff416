package examples_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the examples' want.json")

// mappingRelease is the lab's Keystone, whose behaviour the examples state.
const mappingRelease = "zed"

// login is what becomes of a login: what the examples' want.json says.
type login struct {
	Status   int                 `json:"status"`
	User     string              `json:"user,omitempty"`
	UniqueID string              `json:"unique_id,omitempty"`
	Email    string              `json:"email,omitempty"`
	Groups   []string            `json:"groups,omitempty"`   // the names
	Projects map[string][]string `json:"projects,omitempty"` // the roles by project
	ID       string              `json:"-"`
	Domain   string              `json:"-"` // the id
}

// exampleGroup is the id that the examples use for the group readers.
const exampleGroup = "0f3c7d5a9b2e4f60a1c8d7e6b5a49382"

// TestMappingsAsStated evaluates every example with its environment.json, offline.
func TestMappingsAsStated(t *testing.T) {
	at := cloud{idp: "examples-id", domains: map[string]string{"examples": "examples-id", "Default": "default"}, locals: map[string]string{"keeper": "keeper-id"},
		groups: []cloudGroup{{exampleGroup, "readers", "examples-id"}, {"cloud-users-id", "cloud-users", "examples-id"}}}
	for name, c := range mappingCases() {
		t.Run(name, func(t *testing.T) {
			got := predict(t, at, exampleFile(t, name, "mapping.json"), exampleEnvironment(t, name), c.lacks)
			if *update {
				text, _ := json.MarshalIndent(got, "", "  ")
				if err := os.WriteFile(filepath.Join("mappings", name, "want.json"), append(text, '\n'), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(stated(t, name), withoutIDs(got)); diff != "" {
				t.Errorf("mappings/%s (-want.json +got):\n%s", name, diff)
			}
		})
	}
}

// TestEveryMappingIsTried: each example has a login, and README.md states its answer.
func TestEveryMappingIsTried(t *testing.T) {
	entries, err := filepath.Glob("mappings/*/mapping.json")
	if err != nil || len(entries) != len(mappingCases()) {
		t.Errorf("%d examples, %d logins: %v", len(entries), len(mappingCases()), err)
	}
	page, err := os.ReadFile("mappings/README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range entries {
		name := filepath.Base(filepath.Dir(path))
		line := regexp.MustCompile(fmt.Sprintf(`(?m)^\| \[%[1]s\]\(%[1]s/\) \| .* \| %[2]d \|$`, name, stated(t, name).Status))
		if _, tried := mappingCases()[name]; !tried || !line.Match(page) {
			t.Errorf("mappings/%s: tried %v; or README.md has no line on it with its answer", name, tried)
		}
	}
}

func exampleFile(t *testing.T, name, file string) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("mappings", name, file))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func exampleEnvironment(t *testing.T, name string) map[string]string {
	t.Helper()
	env := map[string]string{}
	if err := json.Unmarshal(exampleFile(t, name, "environment.json"), &env); err != nil {
		t.Fatal(err)
	}
	return env
}

// stated is an example's want.json.
func stated(t *testing.T, name string) login {
	t.Helper()
	var want login
	if err := json.Unmarshal(exampleFile(t, name, "want.json"), &want); err != nil {
		t.Fatal(err)
	}
	return want
}

// withoutIDs leaves out what differs from cloud to cloud.
func withoutIDs(l login) login {
	l.ID, l.Domain = "", ""
	return l
}
