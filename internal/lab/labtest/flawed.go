package labtest

import (
	"os"
	"regexp"
	"testing"
)

// Flawed has every issuer of the quickstart give the tokens that must be refused.
func Flawed(t testing.TB, d Deployment) {
	t.Helper()
	text, err := os.ReadFile(d.File)
	if err != nil {
		t.Fatal(err)
	}
	foreign := regexp.MustCompile(`( +)foreign: \{id: wiki, secret: \{env: (\w+)_WIKI_SECRET\}\}\n`)
	more := foreign.ReplaceAll(text, []byte(`${0}${1}must_be_refused:
${1}  short: {client: {id: short, secret: {env: ${2}_SHORT_SECRET}}, after: 3s}
${1}  early: {client: {id: early, secret: {env: ${2}_EARLY_SECRET}}}
${1}  elsewhere: {client: {id: elsewhere, secret: {env: ${2}_ELSEWHERE_SECRET}}}
`))
	if err := os.WriteFile(d.File, more, 0o600); err != nil {
		t.Fatal(err)
	}
}
