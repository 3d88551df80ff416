package probe_test

import (
	"bytes"
	"flag"
	"path/filepath"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/probe"
	"github.com/fedstone/fedstone/probe/report"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestText(t *testing.T) {
	for name, w := range map[string]probe.Drawable{"works": probe.Works(t), "partner-refused": probe.PartnerRefused(t)} {
		var b bytes.Buffer
		if err := report.WriteText(&b, probe.Fleet{w.Still()}, report.TextOptions{}); err != nil {
			t.Fatal(err)
		}
		labtest.Golden(t, filepath.Join("testdata", name+".txt"), []byte(w.Nameless(b.String())), *update)
	}
}

func TestJSON(t *testing.T) {
	w := probe.PartnerRefused(t)
	text := w.Nameless(string(jsonOf(t, w.Still())))
	labtest.Golden(t, filepath.Join("testdata", "partner-refused.json"), []byte(text), *update)
}

// A walk on servers keeps to the schema, with a failure and the second questions
// that it leads to.
func TestJSONKeepsToTheSchema(t *testing.T) {
	check, err := jsonschema.NewCompiler().Compile(filepath.Join("report", "testdata", "probe.schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	text := jsonOf(t, probe.WrongAudience(t).Result)
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if err := check.Validate(value); err != nil {
		t.Error(err)
	}
	if !bytes.Contains(text, []byte(`"tls_ms"`)) {
		t.Error("no request was timed")
	}
}

func jsonOf(t *testing.T, r probe.Result) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := report.WriteJSON(&b, probe.Fleet{r}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
