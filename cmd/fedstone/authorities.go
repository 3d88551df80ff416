package main

import (
	"time"

	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/cabundle"
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/spec"
)

// authorities reads and judges the CA bundles that a description or the command line
// names, and gives the text of httpd.ca_file, or nil. Findings are reported; with an
// error among them the command ends with status 2. No line of a bundle is shown: a
// private key may lie in it.
func authorities(c *cli.Context, fed *spec.Federation) ([]byte, finding.List, error) {
	var rendered []byte
	var list finding.List
	ours, httpds := caFile(c, fed), ""
	if fed.HTTPD.CAFile.Given() {
		httpds = besideDescription(fed, fed.HTTPD.CAFile.Value)
	}
	for _, path := range []string{ours, httpds} {
		if path == "" || path == ours && rendered != nil {
			continue
		}
		bundle, text, found, err := cabundle.Read(path)
		if err != nil {
			return nil, nil, usageError("%s", err)
		}
		list = append(append(list, found...), bundle.Check(time.Now())...)
		if path == httpds {
			rendered = text
		}
	}
	return rendered, list, reportFindings(c, list, nil)
}

// checkAuthorities is authorities for commands that render nothing.
func checkAuthorities(c *cli.Context, fed *spec.Federation) error {
	_, _, err := authorities(c, fed)
	return err
}
