package main

import (
	"fmt"
	"net"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/spec"
	"github.com/fedstone/fedstone/probe/watch"
)

// probeWatchFlags run the probe again and again.
func probeWatchFlags() []cli.Flag {
	return []cli.Flag{
		&cli.DurationFlag{
			Name: "watch", Usage: "probe every `DURATION` until interrupted, with a line of JSON for each identity provider and run",
			Action: func(_ *cli.Context, seen time.Duration) error {
				if seen < time.Second {
					return usageError("--watch %s: expected a second or more, such as 30s", seen)
				}
				return nil
			},
		},
		&cli.StringFlag{
			Name: "listen", Usage: "with --watch, show the metrics for Prometheus at `ADDRESS`, such as :9464 or 127.0.0.1:9464",
			Action: func(c *cli.Context, seen string) error {
				if _, _, err := net.SplitHostPort(seen); err != nil {
					return usageError("--listen %q: expected an address and a port, such as 127.0.0.1:9464, or :9464 for all addresses", seen)
				}
				if !c.IsSet("watch") {
					return usageError("--listen goes with --watch: without it there is one run, and its report")
				}
				return nil
			},
		},
	}
}

// watchProbe probes until it is interrupted.
func watchProbe(c *cli.Context) error {
	if err := watchableProbe(c); err != nil {
		return err
	}
	record := watch.NewRecord()
	source := &rereader{c: c, record: record}
	if err := source.begin(); err != nil {
		return err
	}
	server, err := serveRecord(c, record)
	if err != nil {
		return err
	}
	defer server.Close()
	w := watch.Watch{
		Every: c.Duration("watch"), Clock: watch.System{}, Probe: source.probe,
		Record: record, Lines: c.App.Writer, Tell: func(text string) { tell(c, text) },
	}
	if err := w.Run(c.Context); err != nil {
		return err
	}
	return quietExit(exitInterrupted)
}

func tell(c *cli.Context, text string) {
	_, _ = fmt.Fprintf(c.App.ErrWriter, "fedstone: %s\n", finding.PrintableLines(text))
}

// watchableProbe refuses what would be there for the first run alone, and reports
// that a watch does not write.
func watchableProbe(c *cli.Context) error {
	piped := []string{c.String("file")}
	for _, given := range c.StringSlice("token") {
		_, path, _ := strings.Cut(given, "=")
		piped = append(piped, path)
	}
	for _, path := range piped {
		if path == spec.Stdin {
			return usageError("--watch reads everything again before each run, which standard input cannot give: name a file")
		}
	}
	for _, flag := range []string{"format", "output", "verbose", "config"} {
		if c.IsSet(flag) {
			return usageError("--%s does not go with --watch, which writes lines of JSON alone", flag)
		}
	}
	return nil
}

// serveRecord shows the metrics, if --listen says where; the caller closes it. What
// stands in the way is told before anybody logs in.
func serveRecord(c *cli.Context, record *watch.Record) (*watch.Server, error) {
	if !c.IsSet("listen") {
		return &watch.Server{}, nil
	}
	server, err := watch.Listen(c.String("listen"), record, strings.Fields(version())[0])
	if err != nil {
		return nil, cli.Exit(fmt.Sprintf("--listen: %s", err), exitFailed)
	}
	if !c.Bool("quiet") {
		tell(c, "metrics at http://"+server.Address()+"/metrics")
	}
	return server, nil
}
