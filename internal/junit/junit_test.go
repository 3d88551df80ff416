package junit_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/junit"
)

// TestWrite holds the sums, and that what is not known is not written.
func TestWrite(t *testing.T) {
	s := junit.Suite{Name: "one", Time: junit.Seconds(1500 * time.Millisecond)}
	s.Add(junit.Case{Class: "one", Name: "passed"})
	s.Add(junit.Case{Class: "one", Name: "failed", Failure: &junit.Failure{Type: "t", Message: "<m>", Text: "a ]]> b"}})
	s.Add(junit.Case{Class: "one", Name: "skipped", Skipped: &junit.Text{Text: "why"}})
	r := junit.Report{Name: "all"}
	r.Add(s)
	r.Add(junit.Suite{Name: "none"})
	var out strings.Builder
	if err := r.Write(&out); err != nil {
		t.Fatal(err)
	}
	const want = `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="all" tests="3" failures="1">
  <testsuite name="one" tests="3" failures="1" errors="0" skipped="1" time="1.500">
    <testcase classname="one" name="passed"></testcase>
    <testcase classname="one" name="failed">
      <failure type="t" message="&lt;m&gt;"><![CDATA[a ]]]]><![CDATA[> b]]></failure>
    </testcase>
    <testcase classname="one" name="skipped">
      <skipped><![CDATA[why]]></skipped>
    </testcase>
  </testsuite>
  <testsuite name="none" tests="0" failures="0" errors="0"></testsuite>
</testsuites>
`
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Error(diff)
	}
}
