package main

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/probe/broken"
)

// TestExplainRecorded: what a person asks with curl, over answers that the real
// programs gave. Where it was not said what was asked, the right cause is still
// among those that are told.
func TestExplainRecorded(t *testing.T) {
	for _, c := range broken.Curls(t) {
		t.Run(c.Name, func(t *testing.T) {
			answer := c.Answered(t)
			told := explainText(t, answer, "--request", strings.Replace(c.Request, " /", " https://keystone.example.org/", 1), sentFlag(c))
			var slugs []string
			for _, s := range told.Symptoms {
				slugs = append(slugs, s.Slug)
				whole(t, s, len(told.Symptoms))
			}
			if !slices.Equal(slugs, c.Want) {
				t.Errorf("%q of %s, want %q", slugs, told.AnsweredBy, c.Want)
			}
			blind := explainText(t, answer)
			if !slices.ContainsFunc(blind.Symptoms, func(s symptomReport) bool { return s.Slug == c.Want[0] }) && c.Want[0] != "placeholder-path" && c.Want[0] != "resource-with-bearer" {
				t.Errorf("without --request: %+v, want %s among them", blind.Symptoms, c.Want[0])
			}
		})
	}
}

// whole: a cause, a mend without a word left over, and what decides where several
// are left.
func whole(t *testing.T, s symptomReport, of int) {
	t.Helper()
	if s.Cause == "" || s.Mend == "" || s.AnsweredBy == "" || strings.ContainsAny(s.Cause+s.Mend, "{}") {
		t.Errorf("%+v", s)
	}
	if of == 1 && len(s.Asks) > 0 {
		t.Errorf("%s is the only one, and asks", s.Slug)
	}
	for _, a := range s.Asks {
		if a.Holds == "" || len(a.Curl) == 0 || !strings.Contains(strings.Join(a.Curl, ""), "https://keystone.example.org/") {
			t.Errorf("%s asks %+v", s.Slug, a)
		}
	}
}

func sentFlag(c broken.Curl) string {
	if c.Bearer {
		return "--token-sent"
	}
	return "--no-token"
}

func explainText(t *testing.T, answer string, args ...string) (r answerReport) {
	t.Helper()
	var out, errOut bytes.Buffer
	args = append([]string{"fedstone", "explain", "-", "--format", "json"}, args...)
	if status := run(t.Context(), args, strings.NewReader(answer), &out, &errOut); status != exitClean {
		t.Fatalf("status %d: %s%s", status, &errOut, &out)
	}
	if err := json.Unmarshal(out.Bytes(), &r); err != nil {
		t.Fatal(err)
	}
	return r
}
