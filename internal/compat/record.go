package compat

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
)

// Record is everything that was seen.
type Record struct {
	Suites []Suite `json:"suites"` // by the age of their programs
}

// Suite is what was seen on one release of Debian.
type Suite struct {
	Name       string     `json:"suite"`    // bookworm
	Title      string     `json:"title"`    // Debian 12
	Platform   string     `json:"platform"` // debian-12
	Programs   Programs   `json:"programs"`
	Strategies []Strategy `json:"strategies"` // in the order in which they were run
}

// Programs are versions, as the programs say them; "" where the suite has no such program.
type Programs struct {
	HTTPD    string `json:"httpd"`
	Module   string `json:"mod_auth_openidc"`
	OAuth2   string `json:"mod_oauth2"`
	Library  string `json:"liboauth2"` // mod_oauth2's
	Keystone string `json:"keystone"`
	Python   string `json:"python"`
	Horizon  string `json:"horizon"`
}

// Strategy is what one value of httpd.strategy did.
type Strategy struct {
	Name string `json:"strategy"`
	Date string `json:"date"` // of the run: 2026-11-22
	// Refused is what render said, where it refuses this strategy there.
	Refused string `json:"refused,omitempty"`
	// Tried says that it was rendered all the same, in the test alone, to see what it does there.
	Tried bool `json:"tried,omitempty"`
	// Providers are those that the matrix ran with, Cells its cells, and Right those that were as they must be.
	Providers []string `json:"providers,omitempty"`
	Cells     int      `json:"cells"`
	Right     int      `json:"right"`
	Wrong     []Wrong  `json:"wrong,omitempty"`
	// Browser holds the providers whose login was gone through in Chromium, with what went wrong; "" is success.
	Browser map[string]string `json:"browser,omitempty"`
}

// Wrong is a cell that was not as it must be: which token, at which provider's path, and what probe says of it.
type Wrong struct {
	Token   string `json:"token"`
	Path    string `json:"path"`
	Symptom string `json:"symptom"`
}

// Read reads a record; a file that is missing is an empty one.
func Read(path string) (Record, error) {
	var r Record
	text, err := os.ReadFile(path)
	if os.IsNotExist(err) {
		return r, nil
	}
	if err != nil {
		return r, err
	}
	if err := json.Unmarshal(text, &r); err != nil {
		return r, fmt.Errorf("%s: %w", path, err)
	}
	return r, nil
}

// Write writes a record, indented, with a newline at its end.
func (r Record) Write(path string) error {
	text, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(path, append(text, '\n'), 0o644)
}

// With is the record with what s holds in the place of what was known of that suite's programs and of those strategies.
func (r Record) With(s Suite) Record {
	var all []Suite
	for _, old := range r.Suites {
		if old.Name != s.Name {
			all = append(all, old)
			continue
		}
		for _, st := range old.Strategies {
			if _, again := s.Strategy(st.Name); !again {
				s.Strategies = append(s.Strategies, st)
			}
		}
	}
	return Record{Suites: slices.SortedStableFunc(slices.Values(append(all, s)), Suite.compare)}
}

// Strategy finds what was seen of one; false where it was not run.
func (s Suite) Strategy(name string) (Strategy, bool) {
	i := slices.IndexFunc(s.Strategies, func(st Strategy) bool { return st.Name == name })
	if i < 0 {
		return Strategy{}, false
	}
	return s.Strategies[i], true
}

// compare orders suites by the titles of their releases; testing has no number and comes last.
func (s Suite) compare(other Suite) int { return strings.Compare(s.Title, other.Title) }
