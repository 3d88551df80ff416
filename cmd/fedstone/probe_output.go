package main

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"
)

// fileFormat is the format that a report's file has by its name.
func fileFormat(c *cli.Context, path string) string {
	endings := map[string]string{".txt": "text", ".json": "json", ".xml": "junit", ".html": "html", ".htm": "html"}
	if format, known := endings[strings.ToLower(filepath.Ext(path))]; known {
		return format
	}
	return c.String("format")
}

// checkOutputs refuses files that could not be written in the end, before anybody
// logs in. What is no file, such as a device, would be replaced by one.
func checkOutputs(c *cli.Context) error {
	for _, path := range c.StringSlice("output") {
		if there, err := os.Stat(path); err == nil && !there.Mode().IsRegular() {
			return usageError("-o %s: it is no regular file; for standard output leave -o away and give --format", path)
		}
		if dir, err := os.Stat(filepath.Dir(path)); err != nil || !dir.IsDir() {
			return usageError("-o %s: there is no directory %s", path, filepath.Dir(path))
		}
	}
	return nil
}
