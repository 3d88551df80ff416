package validate

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

// TestJoined: what follows from a cause is told with it, and the cause is as severe
// as the worst of it.
func TestJoined(t *testing.T) {
	said := func(slug string, s finding.Severity, about any) rule.Report {
		return rule.Report{Finding: finding.Finding{Slug: slug, Severity: s, Message: slug}, About: []any{about}}
	}
	after := map[string][]string{"effect": {"cause"}, "one": {"other"}, "other": {"one"}}
	for name, c := range map[string]struct {
		reports []rule.Report
		want    []string
	}{
		"the worst counts":   {[]rule.Report{said("effect", finding.Error, 1), said("cause", finding.Warning, 1)}, []string{"error cause, therefore: effect"}},
		"a cause stays":      {[]rule.Report{said("cause", finding.Error, 1), said("effect", finding.Info, 1)}, []string{"error cause, therefore: effect"}},
		"another thing":      {[]rule.Report{said("cause", finding.Warning, 1), said("effect", finding.Error, 2)}, []string{"warning cause", "error effect"}},
		"nothing":            {[]rule.Report{said("cause", finding.Warning, nil), said("effect", finding.Error, nil)}, []string{"warning cause", "error effect"}},
		"both may not go":    {[]rule.Report{said("one", finding.Error, 1), said("other", finding.Error, 1)}, []string{"error other, therefore: one"}},
		"a cause said twice": {[]rule.Report{said("cause", finding.Warning, 1), said("cause", finding.Warning, 1), said("effect", finding.Error, 1)}, []string{"error cause, therefore: effect", "warning cause"}},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, f := range joined(c.reports, after) {
				line := f.Severity.String() + " " + f.Slug
				for _, r := range f.Related {
					line += ", " + r.Message
				}
				got = append(got, line)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}
