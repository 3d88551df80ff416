package validate_test

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate"
	"github.com/fedstone/fedstone/validate/subject"
)

// TestIgnoredCause: a comment sets one rule aside, and not what follows from it.
func TestIgnoredCause(t *testing.T) {
	text, err := os.ReadFile("access/testdata/door-twice/fires/httpd.conf")
	if err != nil {
		t.Fatal(err)
	}
	if got, want := worst(t, string(text), 0), []string{"error door-twice"}; !cmp.Equal(want, got) {
		t.Fatalf("%v, want %v", got, want)
	}
	second := strings.LastIndex(string(text), "<Location /v3/OS-FEDERATION/")
	ignored := string(text[:second]) + "# fedstone:ignore door-twice for the tests\n" + string(text[second:])
	if diff := cmp.Diff([]string{"error audience-not-required", "warning issuer-not-required"}, worst(t, ignored, 1)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// worst gives the errors and warnings about a configuration.
func worst(t *testing.T, text string, ignored int) (out []string) {
	t.Helper()
	site, err := subject.Load("-", []string{"-"}, subject.Options{Stdin: strings.NewReader(text)})
	if err != nil {
		t.Fatal(err)
	}
	result := validate.Run([]*subject.Site{site}, false)
	for _, f := range result.Findings {
		if f.Severity < finding.Info {
			out = append(out, f.Severity.String()+" "+f.Slug)
		}
	}
	if len(result.Ignored) != ignored {
		t.Errorf("%d ignored, want %d", len(result.Ignored), ignored)
	}
	return out
}
