package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/urfave/cli/v2"
	"golang.org/x/term"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/private"
	"github.com/fedstone/fedstone/probe"
	"github.com/fedstone/fedstone/probe/report"
)

// probeReportFlags say what is written of a probe, and where.
func probeReportFlags() []cli.Flag {
	return []cli.Flag{
		formatFlag("text", "json", "junit", "html"),
		&cli.StringSliceFlag{
			Name: "output", Aliases: []string{"o"},
			Usage: "also write the report to `FILE`, as its name ends: .txt, .json, .xml (JUnit) or .html; any other name: as --format says; once for each",
		},
		&cli.BoolFlag{Name: "verbose", Usage: "in the text, every step of every identity provider, however many there are, and all that it tells"},
	}
}

// reportProbe writes the report to standard output and the files of -o, and gives
// the exit status.
func reportProbe(c *cli.Context, fleet probe.Fleet, source func(string) []byte) error {
	if showProgress(c) {
		_, _ = fmt.Fprint(c.App.ErrWriter, "\r\x1b[K")
	}
	if err := drawProbe(fleet, stdoutFormat(c), c.App.Writer, probeText(c, source)); err != nil {
		return err
	}
	for _, path := range c.StringSlice("output") {
		if err := saveProbe(c, fleet, path, source); err != nil {
			return err
		}
	}
	switch {
	case fleet.Unreachable():
		return quietExit(exitFailed)
	case !fleet.OK():
		return quietExit(exitFindings)
	}
	return nil
}

// stdoutFormat is --format, unless a file has it: then a person reads the text.
func stdoutFormat(c *cli.Context) string {
	for _, path := range c.StringSlice("output") {
		if fileFormat(c, path) == c.String("format") {
			return "text"
		}
	}
	return c.String("format")
}

func drawProbe(fleet probe.Fleet, format string, w io.Writer, text report.TextOptions) error {
	switch format {
	case "json":
		return report.WriteJSON(w, fleet)
	case "junit":
		return report.WriteJUnit(w, fleet)
	case "html":
		return report.WriteHTML(w, fleet, report.HTMLOptions{Made: time.Now(), Source: text.Source})
	}
	return report.WriteText(w, fleet, text)
}

// probeText is how the text on standard output is drawn.
func probeText(c *cli.Context, source func(string) []byte) report.TextOptions {
	out := report.TextOptions{Source: source, Color: useColor(c), Verbose: c.Bool("verbose")}
	if file, isFile := c.App.Writer.(*os.File); isFile {
		out.Width, _, _ = term.GetSize(int(file.Fd())) // 0, not known, where it is no terminal
	}
	return out
}

// saveProbe writes a report that only its owner may read: it names users, projects
// and what is wrong.
func saveProbe(c *cli.Context, fleet probe.Fleet, path string, source func(string) []byte) error {
	var out bytes.Buffer
	if err := drawProbe(fleet, fileFormat(c, path), &out, report.TextOptions{Verbose: true, Source: source}); err != nil {
		return err
	}
	if err := private.Write(path, out.Bytes()); err != nil {
		return notWritten(path, err)
	}
	if c.Bool("quiet") {
		return nil
	}
	_, err := fmt.Fprintf(c.App.ErrWriter, "wrote %s\n", finding.Printable(path))
	return err
}
