package probe

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/fedstone/fedstone/internal/lab/labtest"
)

func jsonOf(t testing.TB, f Fleet) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := f.WriteJSON(&b); err != nil {
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

// A walk on servers keeps to it too, with a failure and the second questions that
// it leads to.
func TestWalkedJSONKeepsToTheSchema(t *testing.T) {
	c := newCloud(t, "corp", "partner")
	c.ops["corp"].Claims["aud"] = "account"
	opts := c.options(t)
	opts.Isolation = true
	text := jsonOf(t, Fleet{run(t, c, opts)})
	if err := schemaSays(t, reportSchema(t), text); err != nil {
		t.Error(err)
	}
	if !bytes.Contains(text, []byte(`"tls_ms"`)) {
		t.Error("no request was timed")
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
