package apply

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
)

// sign stands before a pending change in a text report.
func (a Action) sign() string {
	return map[Action]string{Create: "+", Update: "~"}[a]
}

// String is the change on one line: `~ identity provider corp: enabled false -> true`.
func (c Change) String() string {
	line := fmt.Sprintf("%s %s %s", c.Action.sign(), c.Kind, c.Object)
	var fields []string
	for _, f := range c.Fields {
		if c.Action == Create {
			fields = append(fields, f.Name+" "+f.New)
		} else {
			fields = append(fields, fmt.Sprintf("%s %s -> %s", f.Name, f.Old, f.New))
		}
	}
	if len(fields) > 0 {
		line += ": " + strings.Join(fields, ", ")
	}
	return finding.Printable(line)
}

// WriteText writes a plan: the pending changes, and how many there are.
func WriteText(w io.Writer, changes Changes) error {
	for _, c := range changes.Pending() {
		if err := WriteChange(w, c); err != nil {
			return err
		}
	}
	return WriteSummary(w, changes)
}

// WriteChange writes a change on one line, and below it the diff of a mapping.
func WriteChange(w io.Writer, c Change) error {
	var b strings.Builder
	fmt.Fprintln(&b, c)
	for line := range strings.Lines(c.Diff) {
		b.WriteString("    " + finding.PrintableLines(line))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// WriteSummary writes how many changes there are of which action.
func WriteSummary(w io.Writer, changes Changes) error {
	_, err := fmt.Fprintf(w, "%d to create, %d to update, %d unchanged\n", changes.Count(Create), changes.Count(Update), changes.Count(None))
	return err
}

// report is the JSON form, of version 1. Applied counts the pending changes that
// were made, in their order.
type report struct {
	Version int     `json:"version"`
	Changes Changes `json:"changes"`
	Summary summary `json:"summary"`
}

type summary struct {
	Create  int `json:"create"`
	Update  int `json:"update"`
	None    int `json:"none"`
	Applied int `json:"applied"`
}

// WriteJSON writes every change, also those that do nothing, and how many of the
// pending ones were applied.
func WriteJSON(w io.Writer, changes Changes, applied int) error {
	if changes == nil {
		changes = Changes{}
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(report{1, changes, summary{changes.Count(Create), changes.Count(Update), changes.Count(None), applied}})
}
