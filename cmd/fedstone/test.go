package main

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping"
	"github.com/fedstone/fedstone/internal/spec"
)

func testCommand() *cli.Command {
	return &cli.Command{
		Name:  "test",
		Usage: "run the tests: of the description, offline",
		Description: `Each test gives claims as the issuer would send them, and what Keystone should make
of them: user, id, email, groups, projects (as project/role), or refused: true.
The compiled rules are evaluated as Keystone's mapping engine does.

Exit status 1 if a test fails.`,
		Flags:  append([]cli.Flag{fileFlag(), formatFlag("text", "json")}, outputFlags()...),
		Before: noArguments,
		Action: runTests,
	}
}

// testResult is one test's outcome; Differences is empty if it holds.
type testResult struct {
	IdentityProvider string   `json:"identity_provider"`
	Name             string   `json:"name"`
	OK               bool     `json:"ok"`
	Differences      []string `json:"differences,omitempty"`
}

func runTests(c *cli.Context) error {
	fed, err := loadFederation(c)
	if err != nil {
		return err
	}
	results, err := testAll(c, fed)
	if err != nil {
		return err
	}
	if err := writeTests(c.App.Writer, c.String("format"), results); err != nil {
		return err
	}
	for _, r := range results {
		if !r.OK {
			return quietExit(exitFindings)
		}
	}
	return nil
}

func testAll(c *cli.Context, fed *spec.Federation) ([]testResult, error) {
	var results []testResult
	var all finding.List
	for _, idp := range fed.IdentityProviders {
		m, list, err := mapping.For(idp, keystoneRelease(fed), besideDescription(fed, "."))
		if err != nil {
			return nil, err
		}
		all = append(all, list...)
		for _, t := range idp.Tests {
			results = append(results, testOne(m, idp, t))
		}
	}
	return results, reportFindings(c, all, nil)
}

func testOne(m mapping.Mapping, idp spec.IdentityProvider, t spec.Test) testResult {
	differences, err := m.Expect(t)
	if err != nil {
		differences = []string{err.Error()}
	}
	return testResult{IdentityProvider: idp.ID.Value, Name: t.Name.Value, OK: len(differences) == 0, Differences: differences}
}

func writeTests(w io.Writer, format string, results []testResult) error {
	if format == "json" {
		enc := json.NewEncoder(w)
		enc.SetIndent("", "  ")
		return enc.Encode(map[string]any{"version": 1, "tests": results})
	}
	failed := 0
	for _, r := range results {
		verdict := "ok  "
		if !r.OK {
			verdict, failed = "FAIL", failed+1
		}
		if _, err := fmt.Fprintf(w, "%s  %s: %s\n", verdict, r.IdentityProvider, r.Name); err != nil {
			return err
		}
		for _, d := range r.Differences {
			if _, err := fmt.Fprintf(w, "      %s\n", finding.Printable(d)); err != nil {
				return err
			}
		}
	}
	_, err := fmt.Fprintf(w, "%d tests, %d failed\n", len(results), failed)
	return err
}
