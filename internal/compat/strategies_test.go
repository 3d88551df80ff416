package compat_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/fedstone/fedstone/internal/spec"
)

// strategies are those that federation.yaml knows; auto is one of the others.
func strategies(t *testing.T) []string {
	t.Helper()
	var schema struct {
		Defs struct {
			HTTPD struct {
				Properties struct {
					Strategy struct {
						Enum []string `json:"enum"`
					} `json:"strategy"`
				} `json:"properties"`
			} `json:"httpd"`
		} `json:"$defs"`
	}
	if err := json.Unmarshal(spec.Schema(), &schema); err != nil {
		t.Fatal(err)
	}
	names := slices.DeleteFunc(schema.Defs.HTTPD.Properties.Strategy.Enum, func(name string) bool { return name == "auto" })
	if len(names) == 0 {
		t.Fatal("the schema names no strategy: has it another form?")
	}
	return names
}
