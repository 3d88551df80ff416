package main

import (
	"bytes"
	"fmt"

	"github.com/google/renameio/v2"
	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/input"
)

// maxBaseline bounds a baseline file, in bytes.
const maxBaseline = 64 << 20

// baseline reads the findings that are known; without the flag there are none.
func baseline(c *cli.Context) (finding.Baseline, error) {
	file := c.String("baseline")
	if file == "" {
		return finding.Baseline{}, nil
	}
	src, err := input.File(file, maxBaseline)
	if err != nil {
		return finding.Baseline{}, usageError("%v; `--write-baseline %s` makes one", err, file)
	}
	known, list := finding.ReadBaseline(file, src)
	return known, reportFindings(c, list, map[string][]byte{file: src})
}

func writeBaseline(c *cli.Context, file string, list finding.List) error {
	var out bytes.Buffer
	if err := finding.WriteBaseline(&out, list); err != nil {
		return err
	}
	if err := renameio.WriteFile(file, out.Bytes(), 0o644); err != nil {
		return err
	}
	_, err := fmt.Fprintf(c.App.Writer, "%s: %d findings kept; `--baseline %s` leaves them out\n", file, len(list), file)
	return err
}
