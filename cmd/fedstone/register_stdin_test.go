package main

import (
	"bytes"
	"strings"
	"testing"
)

// TestRegisterOnStdin: where the provider chooses ids nothing is registered whose id
// could not be written into the description.
func TestRegisterOnStdin(t *testing.T) {
	t.Chdir(t.TempDir())
	head, _, _ := strings.Cut(adapterFederation, "      by: adapter")
	text := strings.Replace(head, ", ca_file: ca.pem", "", 1) + "      by: dynamic\n"
	var out bytes.Buffer
	if status := run(t.Context(), []string{"fedstone", "register", "-f", "-"}, strings.NewReader(text), &out, &out); status != exitUsage || !strings.Contains(out.String(), "standard input") {
		t.Errorf("%d\n%s", status, out.String())
	}
}
