package explain_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/internal/mapping/explain"
)

// drawAll draws a login in every way and judges what no drawing may do.
func drawAll(t *testing.T, r explain.Report) {
	t.Helper()
	var text, page, object bytes.Buffer
	for _, err := range []error{r.WriteText(&text, explain.TextOptions{}), r.WriteHTML(&page), r.WriteJSON(&object)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	for name, got := range map[string][]byte{"text": text.Bytes(), "page": page.Bytes()} {
		if bad := regexp.MustCompile("[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e]").Find(got); bad != nil {
			t.Errorf("%s holds %q", name, bad)
		}
	}
	var got struct{ Mapped any }
	if err := json.Unmarshal(object.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	var want any
	plain, err := json.Marshal(r.Explanation.Mapped)
	if err == nil {
		err = json.Unmarshal(plain, &want)
	}
	if diff := cmp.Diff(want, got.Mapped); err != nil || diff != "" {
		t.Errorf("mapped is not what process returns (-want +got): %v\n%s", err, diff)
	}
}

// TestEveryExampleIsDrawn draws the examples, which real logins have proven.
func TestEveryExampleIsDrawn(t *testing.T) {
	dirs, err := filepath.Glob("../../../examples/mappings/*/mapping.json")
	if err != nil || len(dirs) == 0 {
		t.Fatal("no examples", err)
	}
	for _, path := range dirs {
		t.Run(filepath.Base(filepath.Dir(path)), func(t *testing.T) {
			rules, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			came, err := os.ReadFile(filepath.Join(filepath.Dir(path), "environment.json"))
			if err != nil {
				t.Fatal(err)
			}
			var env map[string]string
			if err := json.Unmarshal(came, &env); err != nil {
				t.Fatal(err)
			}
			for _, release := range []string{"wallaby", "zed", "2026.1"} {
				drawAll(t, drawn(t, rules, env, release))
			}
		})
	}
}

// drawn gives a report; the zero one where the rules are none.
func drawn(t *testing.T, rules []byte, env map[string]string, release string) explain.Report {
	t.Helper()
	o := engine.Options{Release: release, Limit: 10 * time.Millisecond}
	doc, list := engine.Read("rules.json", rules)
	if list.HasErrors() || engine.Check(doc, o).HasErrors() {
		return explain.Report{}
	}
	p, err := engine.New(doc, o)
	if err != nil {
		return explain.Report{}
	}
	var came []explain.Variable
	for name, value := range env {
		came = append(came, explain.Variable{Name: name, Value: value})
	}
	return explain.Of(p, doc, came, engine.Facts{DomainID: "d", DomainName: "corp"})
}

// FuzzDraw draws whatever rules and values there are: no panic, no text that acts.
func FuzzDraw(f *testing.F) {
	for _, name := range cases(f) {
		f.Add(read(f, name, "rules.json"), "alice;['a', 'b']", "OIDC-sub")
	}
	f.Add([]byte(`{"schema_version": "3.0", "rules": [{"local": [{"projects_json": "{0}"}, {"groups": "{1}"}, {"group_ids": "{1}"}], "remote": [{"type": "a"}, {"type": "OIDC-sub"}]}]}`),
		`JSON:{"name": 1, "domain": {}}`, "OIDC-sub")
	f.Fuzz(func(t *testing.T, rules []byte, value, name string) {
		env := map[string]string{name: value, "a": `[{"name": "p", "roles": []}]`}
		if r := drawn(t, rules, env, "2026.1"); r.Document != nil {
			drawAll(t, r)
		}
	})
}
