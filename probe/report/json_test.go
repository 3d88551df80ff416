package report

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/probe"
)

func jsonOf(t testing.TB, f probe.Fleet) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := WriteJSON(&b, f); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// reportSchema is the contract of the JSON report. Unlike a reader, who has to
// take fields that are new, it knows each one.
func reportSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	out, err := c.Compile(filepath.Join("testdata", "probe.schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func schemaSays(t *testing.T, check *jsonschema.Schema, text []byte) error {
	t.Helper()
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return check.Validate(value)
}

func TestJSONKeepsToTheSchema(t *testing.T) {
	check := reportSchema(t)
	for name, f := range samples() {
		if name == "hostile" {
			continue // holds values that no walk makes
		}
		if err := schemaSays(t, check, jsonOf(t, f)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := schemaSays(t, check, jsonOf(t, nil)); err != nil {
		t.Errorf("no runs: %v", err)
	}
}

// The schema refuses what the contract does not have.
func TestSchemaRefuses(t *testing.T) {
	check, good := reportSchema(t), string(jsonOf(t, samples()["refused"]))
	for name, harm := range map[string][2]string{
		"an unknown verdict":  {`"verdict": "pass"`, `"verdict": "passed"`},
		"an unknown answerer": {`"answered_by": "keystone"`, `"answered_by": "nginx"`},
		"a query":             {`/v3/auth/tokens"`, `/v3/auth/tokens?a=b"`},
		"another version":     {`"version": 1`, `"version": 2`},
		"a new field":         {`"version": 1`, `"version": 1, "extra": 1`},
		"a pass with a cause": {`"cause": ""`, `"cause": "x"`},
	} {
		bad := strings.Replace(good, harm[0], harm[1], 1)
		if bad == good || schemaSays(t, check, []byte(bad)) == nil {
			t.Errorf("%s passes", name)
		}
	}
}

func TestJSONReport(t *testing.T) {
	labtest.Golden(t, filepath.Join("testdata", "report.json"), jsonOf(t, samples()["refused"]), *update)
}

// Runs at several controllers stay apart.
func TestJSONNamesControllers(t *testing.T) {
	text := jsonOf(t, sample{providers: 1, controllers: 2}.fleet())
	if n := bytes.Count(text, []byte(`"controller": "ctl`)); n != 4 {
		t.Errorf("the controllers are named %d times, want each at its run and its provider:\n%s", n, text)
	}
}
