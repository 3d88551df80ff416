package finding

import (
	"bytes"
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// sarifOf writes a list and checks it against the schema on the way.
func sarifOf(t *testing.T, list List, rules []RuleInfo, version string) sarifLog {
	t.Helper()
	var b bytes.Buffer
	if err := WriteSARIF(&b, list, rules, version); err != nil {
		t.Fatal(err)
	}
	if err := sarifSchemaOf(t).Validate(document(t, b.Bytes())); err != nil {
		t.Fatalf("%v\n%s", err, b.String())
	}
	var log sarifLog
	if err := json.Unmarshal(b.Bytes(), &log); err != nil {
		t.Fatal(err)
	}
	return log
}

func sarifSchemaOf(t *testing.T) *jsonschema.Schema {
	t.Helper()
	s, err := compileSARIF()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func compileSARIF() (*jsonschema.Schema, error) {
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	return c.Compile("testdata/sarif.schema.json")
}

func document(t *testing.T, text []byte) any {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestSARIFKeepsToTheSchema(t *testing.T) {
	for name, list := range map[string]List{
		"none": nil, "hostile": hostile(),
		"end unknown": {{Slug: "s", Severity: Error, At: Range{Path: "f", Start: Pos{Line: 1, Column: 1}}}},
	} {
		log := sarifOf(t, list, rulesOfHostile(), "")
		if diff := cmp.Diff(len(list), len(log.Runs[0].Results)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// The schema would not let pass what the standard forbids.
func TestSARIFSchemaRefuses(t *testing.T) {
	var b bytes.Buffer
	if err := WriteSARIF(&b, hostile(), rulesOfHostile(), "1"); err != nil {
		t.Fatal(err)
	}
	schema := sarifSchemaOf(t)
	for name, change := range map[string][2]string{
		"a level that is none":      {`"level": "note"`, `"level": "info"`},
		"a column of zero":          {`"startColumn": 5`, `"startColumn": 0`},
		"an unknown member":         {`"ruleId"`, `"rule"`},
		"a reference with a space":  {`a%20b.conf`, `a b.conf`},
		"a region without its line": {`"startLine": 3,`, ``},
		"another version":           {`"version": "2.1.0"`, `"version": "2.2.0"`},
	} {
		text := strings.ReplaceAll(b.String(), change[0], change[1])
		if text == b.String() {
			t.Errorf("%s: the report has no %s", name, change[0])
		}
		if schema.Validate(document(t, []byte(text))) == nil {
			t.Errorf("%s: the schema takes it", name)
		}
	}
}

func TestSARIFReferences(t *testing.T) {
	for name, want := range map[string]string{
		"a.conf": "a.conf", "./a/../b.conf": "b.conf", "../a": "../a", "a:b/c": "a%3Ab/c",
		"/etc/httpd/conf.d/x y.conf": "file:///etc/httpd/conf.d/x%20y.conf", "//server/share": "file:///server/share",
		"ä%?#[]": "%C3%A4%25%3F%23%5B%5D", "\xff\n": "%FF%0A", "": "%3Cinput%3E",
	} {
		got := uriOf(name)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q: %s", name, diff)
		}
		parsed, err := url.Parse(got)
		if err != nil {
			t.Errorf("%q: %v", name, err)
			continue
		}
		if name != "" && parsed.Path != cleaned(name) && !strings.HasPrefix(name, "//") {
			t.Errorf("%q comes back as %q", name, parsed.Path)
		}
	}
}

// A viewer must see the text as it is: no placeholder, no link.
func TestSARIFMessages(t *testing.T) {
	for text, want := range map[string]string{
		`{0}`: `{{0}}`, `a[0] {}`: `a[0] {{}}`, `[x](http://y)`: `[x]\(http://y)`, "plain": "plain",
	} {
		log := sarifOf(t, List{{Slug: "s", Severity: Error, Message: text, At: Range{Path: "f"}}}, nil, "1")
		if diff := cmp.Diff(want, log.Runs[0].Results[0].Message.Text); diff != "" {
			t.Error(diff)
		}
	}
}

// The fingerprint follows a finding over moved lines, and tells equal ones apart.
func TestSARIFFingerprints(t *testing.T) {
	at := func(line int) Range { return Range{Path: "f", Start: Pos{Line: line, Column: 1}} }
	prints := func(list List) (all []string) {
		for _, r := range sarifOf(t, list, nil, "1").Runs[0].Results {
			all = append(all, r.Fingerprints["fedstone/v1"])
		}
		return all
	}
	before := prints(List{{Slug: "s", Message: "as in line 4", At: at(3)}, {Slug: "s", Message: "as in line 4", At: at(9)}, {Slug: "z", Message: "as in line 4", At: at(9)}})
	after := prints(List{{Slug: "s", Message: "as in line 14", At: at(13)}, {Slug: "s", Message: "as in line 14", At: at(19)}, {Slug: "z", Message: "as in line 14", At: at(19)}})
	if before[0] == before[1] || before[0][:32] != before[1][:32] || before[0][:32] == before[2][:32] {
		t.Error(before)
	}
	if diff := cmp.Diff(before, after); diff != "" {
		t.Error(diff)
	}
}
