package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/templates"
)

// outcome is what became of one tree, as --format json has it.
type outcome struct {
	Controller        string            `json:"controller"`
	Dir               string            `json:"dir"`
	HostPrefix        string            `json:"host_prefix,omitempty"`
	HorizonHostPrefix string            `json:"horizon_host_prefix,omitempty"`
	Created           []string          `json:"created"`
	Updated           []string          `json:"updated"`
	Unchanged         []string          `json:"unchanged"`
	Stale             []string          `json:"stale"`
	Pruned            []string          `json:"pruned"`
	Notes             []string          `json:"notes,omitempty"`
	ByHand            []string          `json:"by_hand,omitempty"`
	Drift             []templates.Drift `json:"drift,omitempty"`
	Diff              string            `json:"diff,omitempty"`

	strange bool // files of nobody's lie in the tree: a part of Notes
}

// finishTrees writes, checks or compares every tree, reports, and has it remembered.
func finishTrees(c *cli.Context, m *memory, trees []tree) error {
	results := make([]outcome, 0, len(trees))
	differs := false
	for _, t := range trees {
		o, err := finish(c, t)
		if err != nil {
			return fmt.Errorf("%s: %w", t.dir, err)
		}
		differs = differs || len(o.Drift) > 0 || o.Diff != ""
		results = append(results, o)
	}
	m.keep(trees, results)
	if err := writeOutcomes(c, results); err != nil {
		return err
	}
	if differs {
		return quietExit(exitFindings)
	}
	return nil
}

func finish(c *cli.Context, t tree) (outcome, error) {
	o := outcome{Controller: t.controller, Dir: t.dir, HostPrefix: t.bundle.HostPrefix, HorizonHostPrefix: t.bundle.HorizonHostPrefix, ByHand: t.bundle.ByHand}
	var err error
	switch {
	case c.Bool("check"):
		o.Drift, err = templates.Check(t.bundle, t.dir)
		for _, line := range t.bundle.ByHand {
			o.Drift = append(o.Drift, templates.Drift{Path: "by hand", What: line})
		}
	case c.Bool("diff"):
		var text []byte
		text, err = templates.Diff(t.bundle, t.dir)
		o.Diff = string(text)
	default:
		var r templates.Report
		r, err = templates.Write(c.Context, t.bundle, t.dir, templates.WriteOptions{Prune: c.Bool("prune")})
		o.Created, o.Updated, o.Unchanged, o.Stale, o.Pruned, o.Notes = r.Created, r.Updated, r.Unchanged, r.Stale, r.Pruned, r.Notes
	}
	if err != nil {
		return o, err
	}
	strangers, err := templates.Strangers(t.bundle, t.dir)
	o.Notes, o.strange = append(o.Notes, strangers...), len(strangers) > 0
	return o, err
}

func writeOutcomes(c *cli.Context, results []outcome) error {
	if c.String("format") == "json" {
		enc := json.NewEncoder(c.App.Writer)
		enc.SetIndent("", "  ")
		return enc.Encode(map[string]any{"version": 1, "trees": results})
	}
	for _, o := range results {
		if _, err := io.WriteString(c.App.Writer, o.text(c.Bool("check"), c.Bool("diff"))); err != nil {
			return err
		}
		for _, note := range o.Notes {
			_, _ = fmt.Fprintf(c.App.ErrWriter, "note: %s\n", note)
		}
	}
	return nil
}

func (o outcome) text(check, diff bool) string {
	switch {
	case diff:
		return o.Diff
	case check:
		return o.driftText()
	}
	text := lines("created", o.Created) + lines("updated", o.Updated) + lines("removed", o.Pruned) + lines("stale (--prune removes it)", o.Stale)
	text += fmt.Sprintf("%s: %d created, %d updated, %d unchanged, %d removed\n", o.Dir, len(o.Created), len(o.Updated), len(o.Unchanged), len(o.Pruned))
	if o.HostPrefix != "" {
		text += fmt.Sprintf("  paths are those inside the container; on the host they lie below %s, Horizon's below %s\n", o.HostPrefix, o.HorizonHostPrefix)
	}
	return text + lines("to do by hand:", o.ByHand)
}

func (o outcome) driftText() string {
	if len(o.Drift) == 0 {
		return o.Dir + ": as described\n"
	}
	var text strings.Builder
	for _, d := range o.Drift {
		fmt.Fprintf(&text, "%s: %s\n", d.Path, d.What)
	}
	fmt.Fprintf(&text, "%s: not as described (%d)\n", o.Dir, len(o.Drift))
	return text.String()
}

func lines(what string, paths []string) string {
	var text strings.Builder
	for _, p := range paths {
		text.WriteString(what + " " + p + "\n")
	}
	return text.String()
}
