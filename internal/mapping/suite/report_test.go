package suite

import (
	"encoding/json"
	"encoding/xml"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/fedstone/fedstone/internal/junit"
	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// sample is a report of every kind of result, with times that never change.
func sample(t *testing.T) Report {
	t.Helper()
	files(t, map[string]string{
		"rules.json": rulesJSON,
		"federation.yaml": description(namedRules + `    tests:
      - {name: as wished, claims: {preferred_username: ann, sub: s, groups: [admins, users]}, want: {user: ann}}
      - {name: differs, claims: {preferred_username: ann, sub: s, groups: [admin, users]}, want: {user: bob, groups: [users, chess], projects: [s-home/member]}}
`),
		"odd.test.yaml": "mapping: rules.json\ntests:\n" +
			`  - {name: "hostile <b>&\"", claims: {sub: "a\x1b\x07<script>\u0085", groups: x}, want: {user: "]]>\uFFFF"}}` + "\n" +
			"  - {name: refused, claims: {sub: ann}, want: {user: ann}}\n" +
			"  - {name: raised, environment: {OIDC-break: index}, want: {refused: true}}\n",
	})
	r := sound(t, "federation.yaml", "odd.test.yaml").Run(nil)
	for i := range r.Results {
		r.Results[i].Took = time.Duration(i+1) * 1234 * time.Microsecond
	}
	return r
}

func TestText(t *testing.T) {
	r := sample(t)
	plain, painted := r.Text(TextOptions{Coverage: true}), r.Text(TextOptions{Color: true})
	t.Chdir(here)
	labtest.Golden(t, filepath.Join("testdata", "report.txt"), []byte(plain), *update)
	if strings.ContainsRune(plain, '\x1b') {
		t.Error("an escape in the plain report")
	}
	if !strings.Contains(painted, "\x1b[") || strings.Contains(painted, "\x1b[2J") {
		t.Errorf("painted: %q", painted)
	}
	if strings.Contains(painted, "coverage") {
		t.Error("coverage was not asked for")
	}
}

func TestJSON(t *testing.T) {
	r := sample(t)
	with, err := r.JSON(true)
	if err != nil {
		t.Fatal(err)
	}
	without, err := r.JSON(false)
	if err != nil || strings.Contains(string(without), "coverage") || !json.Valid(without) {
		t.Errorf("%v\n%s", err, without)
	}
	t.Chdir(here)
	labtest.Golden(t, filepath.Join("testdata", "report.json"), []byte(string(with)), *update)
	empty, err := Report{}.JSON(false)
	if want := "{\n  \"version\": 1,\n  \"tests\": []\n}\n"; err != nil || string(empty) != want {
		t.Errorf("%v, %s, want %s", err, empty, want)
	}
}

// TestJUnit: well-formed, with counts that agree, and every failure told.
func TestJUnit(t *testing.T) {
	r := sample(t)
	text, err := r.JUnit(true)
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(here)
	labtest.Golden(t, filepath.Join("testdata", "report.xml"), []byte(string(text)), *update)
	var parsed junit.Report
	if err := xml.Unmarshal(text, &parsed); err != nil {
		t.Fatal(err)
	}
	cases, failures := 0, 0
	for _, s := range parsed.Suites {
		if len(s.Cases) != s.Tests || s.File == "" || s.Properties == nil {
			t.Errorf("suite %+v", s)
		}
		cases, failures = cases+len(s.Cases), failures+s.Failures
	}
	if cases != parsed.Tests || failures != parsed.Failures || parsed.Tests != 5 || parsed.Failures != 4 {
		t.Errorf("%d tests and %d failures, counted %d and %d", parsed.Tests, parsed.Failures, cases, failures)
	}
	if without, err := r.JUnit(false); err != nil || strings.Contains(string(without), "<properties") {
		t.Errorf("%v\n%s", err, without)
	}
}

// TestSameTwice: a report is the same on every run.
func TestSameTwice(t *testing.T) {
	a, b := sample(t), sample(t)
	if a.Text(TextOptions{Coverage: true}) != b.Text(TextOptions{Coverage: true}) {
		t.Error("the text differs")
	}
}
