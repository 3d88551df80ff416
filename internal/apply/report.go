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
	return map[Action]string{Create: "+", Update: "~", Delete: "-"}[a]
}

// String is the change on one line: `~ identity provider corp: enabled true`.
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

// Paint puts colours into a text report; the zero Paint puts none.
type Paint bool

// line colours a line by the sign that it begins with: green comes, red goes,
// yellow changes.
func (p Paint) line(text string) string {
	colour := map[byte]string{'+': "32", '-': "31", '~': "33"}[(strings.TrimLeft(text, " ") + " ")[0]]
	if !p || colour == "" {
		return text
	}
	return "\x1b[" + colour + "m" + text + "\x1b[0m"
}

// WriteText writes a plan: the pending changes, and how many there are.
func (p Paint) WriteText(w io.Writer, changes Changes) error {
	for _, c := range changes.Pending() {
		if err := p.WriteChange(w, c); err != nil {
			return err
		}
	}
	return WriteSummary(w, changes)
}

// WriteChange writes a change on one line, and below it the rules of a mapping
// that differ.
func (p Paint) WriteChange(w io.Writer, c Change) error {
	var b strings.Builder
	fmt.Fprintln(&b, p.line(c.String()))
	for _, r := range c.Rules {
		fmt.Fprintf(&b, "    %s\n", r)
		for _, line := range r.Lines() {
			fmt.Fprintln(&b, p.line("      "+finding.Printable(line)))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// WriteSummary writes how many changes there are of which action.
func WriteSummary(w io.Writer, changes Changes) error {
	deleted := ""
	if n := changes.Count(Delete); n > 0 {
		deleted = fmt.Sprintf("%d to delete, ", n)
	}
	_, err := fmt.Fprintf(w, "%d to create, %d to update, %s%d unchanged\n", changes.Count(Create), changes.Count(Update), deleted, changes.Count(None))
	return err
}

// Report is the JSON form, of version 1.
type Report struct {
	Version int     `json:"version"`
	Changes Changes `json:"changes"` // all of them, also those that do nothing
	Summary Summary `json:"summary"`
}

// Summary counts. Applied are the pending changes that were made.
type Summary struct {
	Create  int `json:"create"`
	Update  int `json:"update"`
	Delete  int `json:"delete"`
	None    int `json:"none"`
	Applied int `json:"applied"`
}

// NewReport counts what is in the changes.
func NewReport(changes Changes) Report {
	if changes == nil {
		changes = Changes{}
	}
	s := Summary{Create: changes.Count(Create), Update: changes.Count(Update), Delete: changes.Count(Delete), None: changes.Count(None)}
	for _, c := range changes {
		if c.Applied {
			s.Applied++
		}
	}
	return Report{1, changes, s}
}

// WriteJSON writes a report, indented.
func WriteJSON(w io.Writer, report any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(report)
}
