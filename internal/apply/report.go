package apply

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
)

// sign stands before a change in a text report.
func (a Action) sign() string {
	return map[Action]string{Create: "+", Update: "~", None: "="}[a]
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

// WriteText writes the pending changes, a diff below each changed mapping, and
// how many there are of which kind.
func WriteText(w io.Writer, changes Changes) error {
	var b strings.Builder
	for _, c := range changes.Pending() {
		fmt.Fprintln(&b, c)
		for line := range strings.Lines(c.Diff) {
			b.WriteString("    " + finding.PrintableLines(line))
		}
	}
	if n := changes.Count(None); n > 0 {
		fmt.Fprintf(&b, "= %d unchanged\n", n)
	}
	fmt.Fprintf(&b, "%d to create, %d to update\n", changes.Count(Create), changes.Count(Update))
	_, err := io.WriteString(w, b.String())
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
