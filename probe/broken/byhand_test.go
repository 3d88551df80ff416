package broken

import (
	"path/filepath"
	"regexp"
	"slices"
	"testing"
)

// TestRecordByHand makes the recordings; -run RecordByHand/NAME makes one.
func TestRecordByHand(t *testing.T) {
	if !*record {
		t.Skip("asked for by -record")
	}
	h := Open(t, Cases(t))
	for _, c := range Curls(t) {
		t.Run(c.Name, func(t *testing.T) { h.RecordByHand(t, c) })
	}
}

// TestEveryAnswerByHandHasARequest: a recording that is asked for by nobody proves
// nothing.
func TestEveryAnswerByHandHasARequest(t *testing.T) {
	kept, err := filepath.Glob(filepath.Join(filepath.Dir(Curl{}.file(t)), "*"))
	if err != nil || len(kept) == 0 {
		t.Fatalf("no recordings: %v", err)
	}
	for _, file := range kept {
		if !slices.ContainsFunc(Curls(t), func(c Curl) bool { return c.file(t) == file }) {
			t.Errorf("%s has no request: delete it", file)
		}
	}
}

// TestByHandHoldsNoSecret: whatever curl has printed.
func TestByHandHoldsNoSecret(t *testing.T) {
	secrets := map[string]*regexp.Regexp{
		"a token":               regexp.MustCompile(`eyJ[\w-]{5}|gAAAA|(?i)x-subject-token: (?:[^M]|M[^A])`),
		"a cookie's value":      regexp.MustCompile(`(?i)set-cookie: [^=;]*=(?:[^M;]|M[^A])`),
		"a state or nonce":      regexp.MustCompile(`[?&](?:state|nonce|code_challenge)=(?:[^M]|M[^A])`),
		"a port or folder":      regexp.MustCompile(`\.broken\.test:\d|/tmp/|/var/lib/|127\.0\.0\.1:(?:[^1]|1[^5])`),
		"what this machine has": regexp.MustCompile(`Apache/\d+\.\d+\.\d|req-[0-9a-f]*[1-9a-f]`),
	}
	for _, c := range Curls(t) {
		text := c.Answered(t)
		for what, is := range secrets {
			if at := is.FindString(text); at != "" {
				t.Errorf("%s holds %s: %q", c.Name, what, at)
			}
		}
	}
}
