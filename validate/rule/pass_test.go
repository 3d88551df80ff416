package rule_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

// TestOnMacro: a finding in a macro tells where it is used, and nothing of the file
// that includes the one that was given.
func TestOnMacro(t *testing.T) {
	conf := "<Macro M>\nTimeout 3\n</Macro>\nUse M\n"
	site, err := subject.Load("-", []string{"-"}, subject.Options{Stdin: strings.NewReader(conf)})
	if err != nil {
		t.Fatal(err)
	}
	r := rule.Rule{Slug: "timeout", Severity: finding.Info, Check: func(p *rule.Pass) {
		for _, c := range p.Trees[0].Commands("timeout") {
			p.On(c, finding.Finding{Message: "found"})
		}
	}}
	var got []string
	for _, f := range r.Run(site) {
		for _, at := range f.Related {
			got = append(got, at.At.String())
		}
	}
	if diff := cmp.Diff([]string{"<stdin>:4:1"}, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
