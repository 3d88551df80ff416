package broken

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/lab/labtest"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestReplay holds the diagnosis against what every case really answered.
func TestReplay(t *testing.T) {
	for _, c := range Cases(t) {
		if c.Want.Slug == "" {
			continue // nothing is wrong, so nothing is explained
		}
		t.Run(c.Name, func(t *testing.T) {
			told := Replay(t, c)
			var all strings.Builder
			for _, one := range told {
				one.Write(&all)
			}
			c.Judge(t, told)
			labtest.Golden(t, recorded(t, c.Name, ".txt"), []byte(all.String()), *update)
		})
	}
}

// TestRecordingsHoldNoSecret: whatever a server has set, echoed or issued.
func TestRecordingsHoldNoSecret(t *testing.T) {
	tell := map[string]*regexp.Regexp{
		"a JWT":                        regexp.MustCompile(`eyJ[\w-]{5}`),
		"a Fernet token":               regexp.MustCompile(`gAAAA`),
		"a Keystone token":             regexp.MustCompile(`"X-Subject-Token": \[\s*"(?:[^M]|M[^A])`),
		"a cookie's value":             regexp.MustCompile(`mod_auth_openidc_\w+=(?:[^M]|M[^A])`),
		"what a form is known by":      regexp.MustCompile(`x_csrf\\" value=\\"(?:[^M]|M[^A])|x_csrf=(?:[^M]|M[^A])`),
		"a state, nonce or code":       regexp.MustCompile(`[?&](?:state|nonce|code|code_challenge)=(?:[^M]|M[^A])`),
		"what looks like a key":        regexp.MustCompile(`\b[0-9a-f]{40,}\b`),
		"a time":                       regexp.MustCompile(`\b202[0-9]-(?:0[2-9]|1)`),
		"a port of one run":            regexp.MustCompile(`(?:127\.0\.0\.1|localhost):(?:[^1]|1[^5])|\.broken\.test:\d`),
		"a folder of one run":          regexp.MustCompile(`/tmp/|/var/lib/`),
		"a request's id":               regexp.MustCompile(`req-[0-9a-f]*[1-9a-f]`),
		"something of another project": regexp.MustCompile(`(?i)password=|client_secret=`),
	}
	files, err := filepath.Glob(recorded(t, "*", ""))
	if err != nil || len(files) == 0 {
		t.Fatalf("no recordings: %v", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for what, is := range tell {
			for _, at := range is.FindAllIndex(text, -1) {
				if !strings.Contains(string(text[at[0]:at[1]]), strings.Repeat("0", 32)) {
					t.Errorf("%s holds %s: …%s…", filepath.Base(file), what, text[max(0, at[0]-20):min(len(text), at[1]+20)])
				}
			}
		}
	}
}

// TestEveryRecordingHasACase: a recording of a case that is gone proves nothing.
func TestEveryRecordingHasACase(t *testing.T) {
	files, err := filepath.Glob(recorded(t, "*", ""))
	if err != nil {
		t.Fatal(err)
	}
	cases := Cases(t)
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))
		if !slices.ContainsFunc(cases, func(c Case) bool { return c.Name == name }) {
			t.Errorf("%s has no case: delete it", file)
		}
	}
}
