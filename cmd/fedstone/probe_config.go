package main

import (
	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/spec"
	"github.com/fedstone/fedstone/probe"
	"github.com/fedstone/fedstone/validate"
	"github.com/fedstone/fedstone/validate/subject"
)

// configFlag names the files that a failure is looked for in.
func configFlag() cli.Flag {
	return &cli.StringSliceFlag{Name: "config", Usage: "after a failure, also judge the configuration at `PATH` as validate does, and show what it says about the path that failed; once for each"}
}

// deployed is a configuration that failures are held against; nil: none was named.
type deployed struct {
	paths []string
	site  *subject.Site
}

// readConfig reads what --config names, before anybody is asked anything.
func readConfig(c *cli.Context, fed *spec.Federation) (*deployed, error) {
	paths := c.StringSlice("config")
	if len(paths) == 0 {
		return nil, nil
	}
	site, err := subject.Load(paths[0], paths, subject.Options{Platform: fed.Platform.Value, Release: fed.Keystone.Release.Value, Stdin: c.App.Reader})
	if err != nil {
		return nil, unreadable(err)
	}
	if len(site.Files)+len(site.Found)+len(site.Trees) == 0 {
		return nil, usageError("--config %s: nothing to judge there: no httpd configuration, mapping, keystone.conf or settings of Horizon", paths[0])
	}
	return &deployed{paths: paths, site: site}, nil
}

// join judges the configuration, if something has failed, and gives each failed step
// what is said about it.
func (d *deployed) join(c *cli.Context, fed *spec.Federation, fleet probe.Fleet) error {
	if d == nil || fleet.OK() {
		return nil
	}
	defer boundMemory([]*subject.Site{d.site})()
	var list finding.List
	err := untilInterrupt(c.Context, func() { list = validate.Run([]*subject.Site{d.site}, false).Findings })
	if err != nil {
		return err
	}
	for i := range fleet {
		for j := range fleet[i].Providers {
			d.provider(fed, &fleet[i].Providers[j], list)
		}
	}
	return nil
}

// source gives the lines of files for the reports; nil without --config.
func (d *deployed) source(fleet probe.Fleet) func(string) []byte {
	if d == nil {
		return nil
	}
	var shown finding.List
	for _, r := range fleet {
		for _, p := range r.Providers {
			for _, s := range p.Steps {
				shown = append(shown, s.Findings...)
			}
		}
	}
	return validate.Excerpts([]*subject.Site{d.site}, shown)
}
