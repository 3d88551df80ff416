package compat_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/fedstone/fedstone/internal/compat"
	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/probe/browser"
)

var (
	record = flag.String("record", "", "run the whole matrix on the lab that FEDSTONE_LAB names, and put what is seen into this `FILE`")
	only   = flag.String("only", "", "the `STRATEGIES` to run, with blanks between them; default: all")
)

// TestMatrix sees what this lab's programs do with every strategy. What it sees is no failure of the test: it is written
// down, and TestStrategies judges it.
func TestMatrix(t *testing.T) {
	if *record == "" {
		t.Skip("`make test-matrix` runs it: it takes minutes for each release")
	}
	if _, err := browser.Find(); err != nil {
		t.Fatal(err)
	}
	d := labtest.Quickstart(t)
	suite := suiteOf(t, d.Lab)
	suite.Programs = programs(t, d.Lab)
	t.Logf("%s: %+v", suite.Title, suite.Programs)
	for _, name := range strategies(t) {
		if *only != "" && !slices.Contains(strings.Fields(*only), name) {
			continue
		}
		st := strategy(t, d, name)
		t.Logf("%s: %d of %d cells, browser %q %s", name, st.Right, st.Cells, st.Browser, st.Refused)
		suite.Strategies = []compat.Strategy{st}
		keep(t, suite)
	}
}

// keep puts into the record what was seen, strategy by strategy.
func keep(t *testing.T, s compat.Suite) {
	t.Helper()
	seen, err := compat.Read(*record)
	if err != nil {
		t.Fatal(err)
	}
	if err := seen.With(s).Write(*record); err != nil {
		t.Fatal(err)
	}
}

// strategy deploys one and asks: with all providers, or, where render refuses that, with the first alone.
func strategy(t *testing.T, d labtest.Deployment, name string) compat.Strategy {
	t.Helper()
	st := compat.Strategy{Name: name, Date: time.Now().UTC().Format(time.DateOnly)}
	all := []string{"corp", "partner", "campus"}
	if name == "introspection" {
		all = all[:2] // of campus only opaque tokens can be asked about; its clients here have JWTs
	}
	for _, providers := range [][]string{all, all[:1]} {
		describe(t, d, name, providers)
		if st.Refused = refusal(t, d); st.Refused == "" {
			st.Providers = providers
			break
		}
	}
	if st.Refused != "" && evidenceIsMissing(t, d, name) {
		st.Tried, st.Providers = true, all
		describe(t, d, name, all)
		renderAllTheSame(t, d)
	}
	if st.Refused == "" || st.Tried {
		d.Run(t, "lab", "reload", "--dir", d.Lab.Dir)
		d.Run(t, "apply")
		matrix(t, d, &st)
		expectQuiet(t, d, st.Providers)
		st.Browser = logins(t, d, atBrowser(st))
	}
	return st
}

// atBrowser are the providers whose login is gone through: of those strategies that differ in how tokens are verified alone,
// one is enough.
func atBrowser(st compat.Strategy) []string {
	if st.Name == "gate" {
		return st.Providers
	}
	return st.Providers[:1]
}

// describe writes the quickstart with that strategy, these providers, tokens that must be refused, and people for the browser.
func describe(t *testing.T, d labtest.Deployment, strategy string, providers []string) {
	t.Helper()
	if err := os.WriteFile(d.File, labtest.QuickstartText(t, d.Lab, providers...), 0o600); err != nil {
		t.Fatal(err)
	}
	labtest.Flawed(t, d)
	text, err := os.ReadFile(d.File)
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.Replace(string(text), "\nhttpd:\n", "\nhttpd:\n  strategy: "+strategy+"\n", 1)
	if strategy == "introspection" {
		changed = labtest.Asked(changed)
	}
	service := regexp.MustCompile(`(?m)^( +)grant: client_credentials\n +client: \{id: keystone-cli, secret: \{env: (\w+)_CLI_SECRET\}\}\n`)
	changed = service.ReplaceAllString(changed, "${0}${1}username: alice\n${1}password: {env: ${2}_ALICE_PASSWORD}\n")
	if err := os.WriteFile(d.File, []byte(changed), 0o600); err != nil {
		t.Fatal(err)
	}
}

// refusal renders, and gives what render says where it refuses.
func refusal(t *testing.T, d labtest.Deployment) string {
	t.Helper()
	cmd := d.Command("render", "-o", d.Lab.Root, "--prefix", d.Lab.Root)
	out, err := cmd.CombinedOutput()
	if err == nil {
		return ""
	}
	said := regexp.MustCompile(`(?m)^\S+: error: (.*) \[[a-z0-9-]+\]$`).FindSubmatch(out)
	if said == nil || cmd.ProcessState.ExitCode() > 2 {
		t.Fatalf("render: %v\n%s", err, out)
	}
	return string(said[1])
}

// matrix asks for every cell.
func matrix(t *testing.T, d labtest.Deployment, st *compat.Strategy) {
	t.Helper()
	out, err := d.Command("probe", "--isolation", "--format", "json", "--quiet").Output()
	var report struct {
		Isolation []struct{ Token, Path, Verdict, Symptom string }
	}
	if wrong := json.Unmarshal(out, &report); wrong != nil || len(report.Isolation) == 0 {
		t.Fatalf("%s: %v, %v\n%s", st.Name, err, wrong, out)
	}
	told := map[compat.Wrong]bool{}
	for _, c := range report.Isolation {
		st.Cells++
		if c.Verdict == "pass" {
			st.Right++
			continue
		}
		if w := (compat.Wrong{Token: c.Token, Path: c.Path, Symptom: c.Symptom}); !told[w] {
			told[w] = true
			st.Wrong = append(st.Wrong, w)
		}
	}
}

// logins goes through Horizon in Chromium, one provider after the other.
func logins(t *testing.T, d labtest.Deployment, providers []string) map[string]string {
	t.Helper()
	if d.Lab.HorizonURL == "" {
		return nil
	}
	seen := map[string]string{}
	for _, idp := range providers {
		seen[idp] = login(t, d, idp)
	}
	return seen
}

// login gives what went wrong; "" is success.
func login(t *testing.T, d labtest.Deployment, idp string) string {
	t.Helper()
	out, err := d.Command("probe", "--login", "--browser", "--format", "json", "--quiet", "--ca-file", d.Lab.CAFile, "--idp", idp).Output()
	var report struct {
		Providers []struct {
			Steps []struct{ Name, Verdict, Symptom, Cause string }
		} `json:"identity_providers"`
	}
	if wrong := json.Unmarshal(out, &report); wrong != nil || len(report.Providers) != 1 {
		t.Fatalf("%v, %v\n%s", err, wrong, out)
	}
	for _, s := range report.Providers[0].Steps {
		switch {
		case s.Name == "websso-browser" && s.Verdict == "pass":
			return ""
		case strings.HasPrefix(s.Name, "websso") && s.Verdict != "pass":
			return fmt.Sprintf("%s: %s %s", s.Name, s.Symptom, s.Cause)
		}
	}
	return "Chromium did not get that far"
}
