package finding

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// RuleInfo describes a rule for reports that carry their rules. Help is Markdown;
// Help and HelpURI may be empty.
type RuleInfo struct {
	Slug     string
	Title    string
	Help     string
	HelpURI  string
	Severity Severity
}

// WriteSARIF writes the list as one run of SARIF 2.1.0 (OASIS standard, errata 01).
//
// Columns count Unicode code points. Relative paths become relative references,
// which a consumer resolves against the root it knows; absolute ones file URIs.
// partialFingerprints name a finding when lines have moved. Nothing is quoted
// from the files but what messages and fixes say. Braces in messages are doubled
// as section 3.11.5 has it. rules may lack the rule of a finding.
func WriteSARIF(w io.Writer, list List, rules []RuleInfo, toolVersion string) error {
	index := map[string]int{}
	driver := sarifDriver{Name: "fedstone", Version: toolVersion, Rules: []sarifRule{}}
	for i, r := range rules {
		index[r.Slug] = i
		driver.Rules = append(driver.Rules, toSARIFRule(r))
	}
	run := sarifRun{Tool: sarifTool{driver}, ColumnKind: "unicodeCodePoints", Results: []sarifResult{}}
	seen := map[key]int{}
	for _, f := range list {
		r := toSARIF(f, seen)
		if i, known := index[f.Slug]; known {
			r.RuleIndex = &i
		}
		run.Results = append(run.Results, r)
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(sarifLog{Schema: sarifSchema, Version: "2.1.0", Runs: []sarifRun{run}})
}

const sarifSchema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

// toSARIFRule says the title three times where there is no more to say: GitHub
// wants each of the members.
func toSARIFRule(r RuleInfo) sarifRule {
	title := sarifText{Text: r.Title}
	out := sarifRule{ID: r.Slug, Short: title, Full: title, Help: title, HelpURI: r.HelpURI, Default: sarifDefault{sarifLevel(r.Severity)}}
	if r.Help != "" {
		out.Help = sarifText{Text: r.Help, Markdown: r.Help}
	}
	return out
}

// toSARIF gives one result. seen counts the findings that have the same key.
func toSARIF(f Finding, seen map[key]int) sarifResult {
	k := keyOf(f)
	seen[k]++
	out := sarifResult{
		RuleID: f.Slug, Level: sarifLevel(f.Severity), Message: sarifMessage(withHint(f)),
		Locations:    []sarifLocation{{Physical: sarifPlace(f.At)}},
		Fingerprints: map[string]string{"fedstone/v1": fmt.Sprintf("%s:%d", k.digest(), seen[k])},
	}
	for i, r := range f.Related {
		message := sarifMessage(Printable(r.Message))
		out.Related = append(out.Related, sarifLocation{ID: i + 1, Physical: sarifPlace(r.At), Message: &message})
	}
	if f.Fix != nil && len(f.Fix.Edits) > 0 {
		out.Fixes = []sarifFix{toSARIFFix(f.Fix)}
	}
	return out
}

// toSARIFFix gathers the edits file by file, in the order of their first edits.
func toSARIFFix(f *Fix) sarifFix {
	out := sarifFix{Description: sarifMessage(Printable(f.Title))}
	at := map[string]int{}
	for _, e := range f.Edits {
		i, known := at[e.At.Path]
		if !known {
			i = len(out.Changes)
			at[e.At.Path] = i
			out.Changes = append(out.Changes, sarifChange{Artifact: sarifArtifact{uriOf(e.At.Path)}})
		}
		r := sarifReplacement{Deleted: editRegion(e.At), Inserted: sarifContent{e.Text}}
		out.Changes[i].Replacements = append(out.Changes[i].Replacements, r)
	}
	return out
}

// withHint gives the message, printable, and below it how to mend it.
func withHint(f Finding) string {
	if f.Hint == "" {
		return Printable(f.Message)
	}
	return Printable(f.Message) + "\nhint: " + PrintableLines(f.Hint)
}

var messageEscapes = strings.NewReplacer("{", "{{", "}", "}}", "](", `]\(`)

// sarifMessage makes a printable text a plain text message: without what a viewer
// would take for a placeholder (section 3.11.5) or for a link (3.11.6).
func sarifMessage(text string) sarifText { return sarifText{Text: messageEscapes.Replace(text)} }

func sarifLevel(s Severity) string {
	switch s {
	case Error, Warning:
		return s.String()
	case Info:
		return "note"
	default:
		return "none"
	}
}
