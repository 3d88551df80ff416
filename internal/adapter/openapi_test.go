package adapter_test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// The parts of an OpenAPI document that the test reads.
type (
	openAPI struct {
		Paths      map[string]map[string]yaml.Node `yaml:"paths"`
		Components struct {
			Responses map[string]response `yaml:"responses"`
			Schemas   map[string]schema   `yaml:"schemas"`
		} `yaml:"components"`
	}
	operation struct {
		Responses map[string]response `yaml:"responses"`
	}
	response struct {
		Ref     string `yaml:"$ref"`
		Content map[string]struct {
			Schema struct {
				Ref string `yaml:"$ref"`
			} `yaml:"schema"`
		} `yaml:"content"`
	}
	schema struct {
		Required   []string `yaml:"required"`
		Properties map[string]struct {
			Type string `yaml:"type"`
		} `yaml:"properties"`
	}
)

func documented(t *testing.T) openAPI {
	t.Helper()
	text, err := os.ReadFile("../../docs/adapter.openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var doc openAPI
	if err := yaml.Unmarshal(text, &doc); err != nil {
		t.Fatal(err)
	}
	return doc
}

// TestOpenAPI holds the document and the server against each other: each answer that
// one of them has, the other has too, with the members that the schema says, and no
// other method is answered.
func TestOpenAPI(t *testing.T) {
	doc, r := documented(t), serve(t)
	form, coded := "application/x-www-form-urlencoded", basic("zync", url.QueryEscape(password))
	const discovery, token, client = "/.well-known/openid-configuration", "/token", "/clients/{client_id}"
	cases := []struct {
		path  string
		asked asked
	}{
		{discovery, asked{"GET", discovery, "", "", ""}},
		{token, asked{"POST", token, form, coded, "grant_type=client_credentials"}},
		{token, asked{"POST", token, form, coded, "grant_type=password"}},
		{token, asked{"POST", token, form, "", "grant_type=client_credentials"}},
		{client, asked{"GET", "/clients/a", "", right, ""}},
		{client, asked{"PUT", "/clients/a", "application/json", right, `{"client_secret": "x"}`}},
		{client, asked{"PUT", "/clients/a", "application/json", right, `{"client_name": "x"}`}},
		{client, asked{"PUT", "/clients/a", "application/json", right, `[]`}},
		{client, asked{"PUT", "/clients/a", "application/json", "", `{}`}},
		{client, asked{"PUT", "/clients/a", "text/plain", right, `{}`}},
		{client, asked{"PUT", "/clients/a", "application/json", right, strings.Repeat(" ", 70000)}},
		{client, asked{"GET", "/clients/a", "", right, ""}},
		{client, asked{"GET", "/clients/a", "", "", ""}},
		{client, asked{"DELETE", "/clients/a", "", "", ""}},
		{client, asked{"DELETE", "/clients/a", "", right, ""}},
	}
	var seen []string
	for _, c := range cases {
		got := r.ask(t, c.asked)
		seen = append(seen, fmt.Sprintf("%s %s %d", c.asked.method, c.path, got.status))
		if problem := doc.fits(c.path, strings.ToLower(c.asked.method), got); problem != "" {
			t.Errorf("%s %s, answered %d %s: %s", c.asked.method, c.path, got.status, got.body, problem)
		}
	}
	for _, one := range doc.answers(t) {
		if !slices.Contains(seen, one) {
			t.Errorf("the document has %s, which the server did not answer", one)
		}
	}
	doc.onlyThese(t, r)
}

// fits says what of an answer is not as documented, or "".
func (d openAPI) fits(path, method string, got answered) string {
	node := d.Paths[path][method]
	var op operation
	if err := node.Decode(&op); err != nil {
		return err.Error()
	}
	answer, ok := op.Responses[fmt.Sprint(got.status)]
	if !ok {
		return "the status is not documented"
	}
	if name := last(answer.Ref); name != "" {
		answer = d.Components.Responses[name]
	}
	content, ok := answer.Content["application/json"]
	if !ok {
		if got.body != "" {
			return "a body is not documented"
		}
		return ""
	}
	return d.Components.Schemas[last(content.Schema.Ref)].fits(got.body)
}

func (s schema) fits(body string) string {
	var members map[string]any
	if err := json.Unmarshal([]byte(body), &members); err != nil {
		return err.Error()
	}
	for _, name := range s.Required {
		if _, ok := members[name]; !ok {
			return name + " is missing"
		}
	}
	for name, value := range members {
		if kind := kindOf(value); s.Properties[name].Type != kind {
			return fmt.Sprintf("%s is a %s, documented is %q", name, kind, s.Properties[name].Type)
		}
	}
	return ""
}

func kindOf(value any) string {
	switch value.(type) {
	case string:
		return "string"
	case float64:
		return "integer"
	case []any:
		return "array"
	default:
		return "object"
	}
}

func last(ref string) string { return ref[strings.LastIndexByte(ref, '/')+1:] }

var methods = []string{"get", "put", "post", "delete", "patch"}

// answers are all that the document has, as "METHOD path status".
func (d openAPI) answers(t *testing.T) []string {
	t.Helper()
	var out []string
	for path, item := range d.Paths {
		for _, method := range methods {
			var op operation
			node, ok := item[method]
			if !ok {
				continue
			}
			if err := node.Decode(&op); err != nil {
				t.Fatal(err)
			}
			for status := range op.Responses {
				out = append(out, fmt.Sprintf("%s %s %s", strings.ToUpper(method), path, status))
			}
		}
	}
	return out
}

// onlyThese: what is not documented is answered with 405, and Allow names the rest.
func (d openAPI) onlyThese(t *testing.T, r running) {
	for path, item := range d.Paths {
		for _, method := range methods {
			if _, ok := item[method]; ok {
				continue
			}
			got := r.ask(t, asked{strings.ToUpper(method), strings.Replace(path, "{client_id}", "a", 1), "", right, ""})
			if got.status != 405 || got.head.Get("Allow") == "" {
				t.Errorf("%s %s: %d, Allow %q", method, path, got.status, got.head.Get("Allow"))
			}
		}
	}
}
