package examples_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/probe/watch"
)

const (
	rules     = "monitoring/fedstone.rules.yml"
	dashboard = "monitoring/dashboard.json"
)

var metricName = regexp.MustCompile(`\bfedstone_[a-z_]+`)

// TestMonitoredMetricsExist: a rule or panel about a metric that nobody shows stays
// silent for ever.
func TestMonitoredMetricsExist(t *testing.T) {
	there := watch.Names()
	for file, expressions := range map[string][]string{rules: ruleExpressions(t), dashboard: panelExpressions(t)} {
		for _, e := range expressions {
			names := metricName.FindAllString(e, -1)
			if len(names) == 0 {
				t.Errorf("%s: %s is about no metric of fedstone's", file, e)
			}
			for _, name := range names {
				if !slices.Contains(there, name) {
					t.Errorf("%s: %s: there is no metric %s", file, e, name)
				}
			}
		}
	}
}

// ruleExpressions gives the expression of each alert.
func ruleExpressions(t *testing.T) []string {
	t.Helper()
	var file struct {
		Groups []struct {
			Rules []struct{ Alert, Expr string }
		}
	}
	if err := yaml.Unmarshal(read(t, rules), &file); err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, g := range file.Groups {
		for _, r := range g.Rules {
			out = append(out, r.Expr)
		}
	}
	return out
}

// panelExpressions gives each question of a panel, and those that fill the lists of
// the dashboard's head.
func panelExpressions(t *testing.T) []string {
	t.Helper()
	var file struct {
		Panels []struct {
			ID      int
			Title   string
			Targets []struct{ Expr string }
		}
		Templating struct {
			List []struct {
				Type  string
				Query any
			}
		}
	}
	if err := json.Unmarshal(read(t, dashboard), &file); err != nil {
		t.Fatal(err)
	}
	var out []string
	ids := map[int]bool{}
	for _, p := range file.Panels {
		if len(p.Targets) == 0 || p.Title == "" || ids[p.ID] {
			t.Errorf("panel %d %q: it has no title, asks nothing, or has another one's id", p.ID, p.Title)
		}
		ids[p.ID] = true
		for _, q := range p.Targets {
			out = append(out, q.Expr)
		}
	}
	for _, v := range file.Templating.List {
		if v.Type == "query" {
			out = append(out, fmt.Sprint(v.Query))
		}
	}
	return out
}

// TestRulesAreTested: each alert has a case in which it fires.
func TestRulesAreTested(t *testing.T) {
	tested := string(read(t, "monitoring/fedstone.test.yml"))
	for _, m := range regexp.MustCompile(`- alert: (\w+)`).FindAllStringSubmatch(string(read(t, rules)), -1) {
		if !strings.Contains(tested, "- alertname: "+m[1]+"\n") {
			t.Errorf("no case of fedstone.test.yml has %s fire", m[1])
		}
	}
}

// TestRulesInPrometheus has Prometheus itself read the rules and run their cases, and
// read the questions of the dashboard as rules, with its variables filled in.
func TestRulesInPrometheus(t *testing.T) {
	promtool(t, "check", "rules", rules)
	promtool(t, "test", "rules", "monitoring/fedstone.test.yml")
	filled := strings.NewReplacer("$identity_provider", ".*", "$controller", ".*", "$__range", "1h", "$__rate_interval", "1m")
	type rule struct {
		Record string `yaml:"record"`
		Expr   string `yaml:"expr"`
	}
	var asked []rule
	for i, e := range panelExpressions(t) {
		if !strings.Contains(e, "label_values(") { // Grafana's own
			asked = append(asked, rule{fmt.Sprintf("panel:%d", i), filled.Replace(e)})
		}
	}
	text, err := yaml.Marshal(map[string]any{"groups": []any{map[string]any{"name": "panels", "rules": asked}}})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "panels.yml")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	promtool(t, "check", "rules", file)
}

func promtool(t *testing.T, args ...string) {
	t.Helper()
	program, err := exec.LookPath("promtool")
	if err != nil {
		labtest.Require(t, "no promtool: apt-get install prometheus")
	}
	if out, err := exec.Command(program, args...).CombinedOutput(); err != nil {
		t.Errorf("promtool %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return text
}
