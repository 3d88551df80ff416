package examples_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// probeReport is as much of probe's JSON as this test judges.
type probeReport struct {
	Version           int  `json:"version"`
	OK                bool `json:"ok"`
	IdentityProviders []struct {
		ID      string `json:"id"`
		OK      bool   `json:"ok"`
		User    string `json:"user"`
		Project string `json:"-"`
		Steps   []struct{ Name, Verdict, Cause string }
	} `json:"identity_providers"`
	Isolation []cell `json:"isolation"`
}

type cell struct {
	Token      string `json:"token"`
	Path       string `json:"path"`
	When       string `json:"when"`
	Status     int    `json:"status"`
	AnsweredBy string `json:"answered_by"`
	Verdict    string `json:"verdict"`
}

// TestQuickstart is the loop: rendered, put in place, applied, probed.
func TestQuickstart(t *testing.T) {
	d := labtest.Quickstart(t)
	t.Run("a second render changes nothing", func(t *testing.T) {
		d.Run(t, "render", "-o", d.Lab.Root, "--prefix", d.Lab.Root, "--check")
	})
	t.Run("a second apply changes nothing", func(t *testing.T) {
		d.Run(t, "apply", "--plan")
	})
	t.Run("probe", func(t *testing.T) {
		var report probeReport
		if err := json.Unmarshal([]byte(d.Run(t, "probe", "--isolation", "--format", "json", "--quiet")), &report); err != nil {
			t.Fatal(err)
		}
		expectIssued(t, report)
		expectIsolated(t, report.Isolation)
	})
}

// expectIssued wants every step of every provider passed, and its user.
func expectIssued(t *testing.T, report probeReport) {
	t.Helper()
	users := map[string]string{"corp": "service-account-keystone-cli", "partner": "alice", "campus": "service-account-keystone-cli"}
	if report.Version != 1 || !report.OK || len(report.IdentityProviders) != len(users) {
		t.Errorf("report: version %d, ok %v, %d providers", report.Version, report.OK, len(report.IdentityProviders))
	}
	for _, idp := range report.IdentityProviders {
		if !idp.OK || idp.User != users[idp.ID] {
			t.Errorf("%s: ok %v, user %q, want %q", idp.ID, idp.OK, idp.User, users[idp.ID])
		}
		for _, step := range idp.Steps {
			if step.Verdict != "pass" {
				t.Errorf("%s: step %s: %s (%s)", idp.ID, step.Name, step.Verdict, step.Cause)
			}
		}
	}
}

// expectIsolated wants 201 on the diagonal only, every other cell refused by
// httpd, and the cells that must be there at all.
func expectIsolated(t *testing.T, cells []cell) {
	t.Helper()
	seen := map[string]bool{}
	for _, c := range cells {
		seen[c.Token+" at "+c.Path+" "+c.When] = true
		own := c.Token == c.Path
		refusedByHTTPD := c.Status >= 400 && slices.Contains([]string{"httpd", "mod_auth_openidc"}, c.AnsweredBy)
		switch {
		case c.Verdict != "pass":
			t.Errorf("cell %+v: verdict %s", c, c.Verdict)
		case own && c.Status != 201:
			t.Errorf("cell %+v: its own path, want 201", c)
		case !own && c.Status == 201:
			t.Errorf("cell %+v: CRITICAL: a token was issued off the diagonal", c)
		case !own && !refusedByHTTPD && c.Path != "/v3/auth/tokens":
			t.Errorf("cell %+v: refused, but not by httpd", c)
		}
	}
	for _, token := range []string{"corp", "partner", "campus"} {
		for _, path := range []string{"corp", "partner", "campus"} {
			for _, when := range []string{"cold", "after-use"} {
				if name := fmt.Sprintf("%s at %s %s", token, path, when); !seen[name] {
					t.Errorf("the matrix has no cell %q", name)
				}
			}
		}
	}
}
