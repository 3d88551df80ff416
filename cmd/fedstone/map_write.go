package main

import (
	"bytes"
	"fmt"
	"io"

	"github.com/google/renameio/v2"
	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/explain"
)

// writeMap writes the report to standard output or the file of -o. Its findings
// stand in the JSON and on the page; of a text they are drawn on standard error,
// with the lines of the mapping.
func writeMap(c *cli.Context, r explain.Report, sources map[string][]byte) error {
	var out bytes.Buffer
	if err := drawMap(c, &out, r); err != nil {
		return err
	}
	if path := c.String("output"); path != "" {
		return writeMapFile(c, path, out.Bytes())
	}
	if _, err := c.App.Writer.Write(out.Bytes()); err != nil || c.String("format") != "text" {
		return err
	}
	return finding.WriteText(c.App.ErrWriter, r.Findings, finding.TextOptions{Source: func(path string) []byte { return sources[path] }})
}

func drawMap(c *cli.Context, w io.Writer, r explain.Report) error {
	switch c.String("format") {
	case "json":
		return r.WriteJSON(w)
	case "html":
		return r.WriteHTML(w)
	}
	return r.WriteText(w, explain.TextOptions{Color: useColor(c) && c.String("output") == ""})
}

func writeMapFile(c *cli.Context, path string, text []byte) error {
	if err := renameio.WriteFile(path, text, 0o644); err != nil {
		return err
	}
	if c.Bool("quiet") {
		return nil
	}
	_, err := fmt.Fprintf(c.App.ErrWriter, "wrote %s\n", finding.Printable(path))
	return err
}
