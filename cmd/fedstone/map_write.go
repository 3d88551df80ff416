package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"

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

// writeWhole puts a file in place, whole or not at all. The error names the file,
// not the one that is written beside it and then renamed.
func writeWhole(path string, text []byte) error {
	return notWritten(path, renameio.WriteFile(path, text, 0o644))
}

func notWritten(path string, err error) error {
	var beside *fs.PathError
	if errors.As(err, &beside) {
		err = beside.Err
	}
	if err != nil {
		return fmt.Errorf("%s cannot be written: %w", path, err)
	}
	return nil
}

func writeMapFile(c *cli.Context, path string, text []byte) error {
	if err := writeWhole(path, text); err != nil {
		return err
	}
	if c.Bool("quiet") {
		return nil
	}
	_, err := fmt.Fprintf(c.App.ErrWriter, "wrote %s\n", finding.Printable(path))
	return err
}
