package spec

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/fedstone/fedstone/internal/platform"
	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"gopkg.in/yaml.v3"
)

// tables are the loader's tables of keys by the name that the schema gives them.
func tables() map[string][]key {
	return map[string][]key{
		"federation":       new(Federation).keys(),
		"keystone":         new(Keystone).keys(),
		"httpd":            new(HTTPD).keys(),
		"plain":            new(Plain).keys(),
		"tls":              new(TLS).keys(),
		"cache":            new(Cache).keys(),
		"without":          new(Without).keys(),
		"providerWithout":  new(ProviderWithout).keys(),
		"browser":          new(Browser).keys(),
		"secret":           new(Secret).keys(""),
		"client":           new(Client).keys("", true),
		"relyingParty":     new(Client).keys("", false),
		"iam":              new(IAM).keys(),
		"probeClient":      new(Client).probeKeys(""),
		"identityProvider": new(IdentityProvider).keys(),
		"samlProvider":     new(IdentityProvider).samlKeys(),
		"saml":             new(SAML).keys(),
		"samlProbe":        new(Probe).samlKeys(),
		"bearer":           new(Bearer).keys(),
		"introspection":    new(Introspection).keys(),
		"rule":             new(Rule).keys(),
		"condition":        conditionKeys(make([]Condition, len(operators))),
		"user":             new(User).keys(),
		"ruleGroup":        new(groupItem).keys(),
		"domain":           new(Domain).keys(""),
		"filter":           new(Filter).keys(""),
		"ruleGrant":        new(Grant).keys("name"),
		"groupGrant":       new(Grant).keys("project"),
		"test":             new(Test).keys(),
		"want":             new(Test).wantKeys(),
		"wantedGroup":      new(WantedGroup).keys(),
		"probe":            new(Probe).keys(),
		"expect":           new(Expect).keys(),
		"refused":          new(Refused).keys(),
		"oauth2":           new(OAuth2).keys(),
		"mtls":             new(MTLS).keys(),
		"certificateUser":  new(CertificateUser).keys(),
		"oauth2Client":     new(OAuth2Client).keys(),
		"register":         new(Register).keys(),
		"registerClient":   new(RegisterClient).keys(),
	}
}

type schemaObject struct {
	Properties           map[string]any
	Required             []string
	AdditionalProperties any
}

func schemaObjects(t *testing.T) map[string]schemaObject {
	t.Helper()
	var doc struct {
		Defs map[string]schemaObject `json:"$defs"`
	}
	if err := json.Unmarshal(Schema(), &doc); err != nil {
		t.Fatal(err)
	}
	return doc.Defs
}

func TestSchemaKnowsTheLoadersKeys(t *testing.T) {
	defs := schemaObjects(t)
	for name, table := range tables() {
		def := defs[name]
		if diff := cmp.Diff(sorted(names(table)), slices.Sorted(maps.Keys(def.Properties))); diff != "" {
			t.Errorf("%s: keys of the loader (-) and the schema (+):\n%s", name, diff)
		}
		var required []string
		for _, k := range table {
			if k.example != "" {
				required = append(required, k.name)
			}
		}
		if diff := cmp.Diff(sorted(required), sorted(def.Required)); diff != "" {
			t.Errorf("%s: required by the loader (-) and the schema (+):\n%s", name, diff)
		}
		if def.AdditionalProperties != false {
			t.Errorf("%s: the schema lets unknown keys pass", name)
		}
	}
}

func TestLoaderKnowsTheSchemasObjects(t *testing.T) {
	known := tables()
	for name, def := range schemaObjects(t) {
		if _, ok := known[name]; len(def.Properties) > 0 && !ok {
			t.Errorf("the schema's object %s has no table of keys in the loader", name)
		}
	}
}

func sorted(list []string) []string {
	out := slices.Clone(list)
	slices.Sort(out)
	return out
}

// TestSchemaAgrees holds documents against both. The corpus is structural: what
// takes two values to judge is not the schema's.
func TestSchemaAgrees(t *testing.T) {
	check := compiled(t)
	for _, good := range []bool{true, false} {
		folder := map[bool]string{true: "good", false: "bad"}[good]
		files, err := filepath.Glob(filepath.Join("testdata", "schema", folder, "*.yaml"))
		if err != nil || len(files) < 5 {
			t.Fatalf("testdata/schema/%s: %d files, %v", folder, len(files), err)
		}
		for _, file := range files {
			t.Run(filepath.Join(folder, filepath.Base(file)), func(t *testing.T) { agree(t, check, file, good) })
		}
	}
}

func agree(t *testing.T, check *jsonschema.Schema, file string, good bool) {
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	_, list := Load(file, src)
	if list.HasErrors() == good {
		t.Errorf("loader: good=%v, findings %v", good, list)
	}
	var value any
	if err := yaml.Unmarshal(src, &value); err != nil {
		t.Fatal(err)
	}
	if err := check.Validate(value); (err == nil) != good {
		t.Errorf("schema: good=%v, %v", good, err)
	}
}

func compiled(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(Schema()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("federation.json", doc); err != nil {
		t.Fatal(err)
	}
	out, err := c.Compile("federation.json")
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestSchemaNamesPlatforms holds the schema's lists against the facts.
func TestSchemaNamesPlatforms(t *testing.T) {
	defs := schemaObjects(t)
	platforms := defs["federation"].Properties["platform"].(map[string]any)["enum"]
	if diff := cmp.Diff(anys(sorted(append(platform.Names(), platform.ServiceNames()...))), platforms); diff != "" {
		t.Errorf("platforms known (-), in the schema (+):\n%s", diff)
	}
	forms := defs["keystone"].Properties["release"].(map[string]any)["anyOf"].([]any)
	if diff := cmp.Diff(anys(releaseNames()), forms[0].(map[string]any)["enum"]); diff != "" {
		t.Errorf("releases known (-), in the schema (+):\n%s", diff)
	}
}

func anys(list []string) []any {
	var out []any
	for _, s := range list {
		out = append(out, s)
	}
	return out
}
