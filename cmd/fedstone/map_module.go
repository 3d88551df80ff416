package main

import (
	"cmp"
	"fmt"

	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/claims"
	"github.com/fedstone/fedstone/internal/mapping"
)

// mapModule is the module that the call names, or else the description's platform
// has, set up as fedstone renders it; nil when the claims are the environment.
// Lines are what Keystone's own tool takes for the environment.
func mapModule(c *cli.Context, r mapRules, form claims.Form) (*claims.Module, error) {
	name, version, flow := c.String("module"), c.String("module-version"), claims.Bearer
	if c.Bool("browser") {
		flow = claims.Browser
	}
	switch {
	case name == "" && r.idp != nil && form != claims.Lines:
		m, err := renderedModule(r, flow)
		if err != nil {
			return nil, err
		}
		return &m, setUp(c, &m)
	case name == "" || name == noModule:
		return nil, moduleFlags(c)
	case version == "" && r.idp != nil && name == claims.AuthOpenIDC:
		version = r.target.Module
	case version == "":
		return nil, usageError("--module %s needs --module-version, such as %s: the environment differs between versions", name, claims.DebianVersion(name))
	}
	m, err := claims.NewModule(name, version, flow)
	if err != nil {
		return nil, usageError("%s", err)
	}
	return &m, setUp(c, &m)
}

// renderedModule is what brings a login to Keystone where fedstone renders httpd.
func renderedModule(r mapRules, flow claims.Flow) (claims.Module, error) {
	if flow == claims.Browser {
		return mapping.RenderedModule(r.target.Module, flow)
	}
	return mapping.BearerModule(r.target, *r.idp)
}

// moduleFlags refuses what only a module can heed.
func moduleFlags(c *cli.Context) error {
	for _, flag := range []string{"prefix", "delimiter", "pass-as", "encoding", "browser"} {
		if c.IsSet(flag) {
			return usageError("--%s is about a module, but the claims are the environment as it stands: add --module %s", flag, claims.AuthOpenIDC)
		}
	}
	return nil
}

// setUp configures the module as the call says.
func setUp(c *cli.Context, m *claims.Module) error {
	if c.IsSet("prefix") {
		m.Prefix = c.String("prefix")
	}
	if c.IsSet("delimiter") {
		m.Delimiter = c.String("delimiter")
	}
	m.PassAs = cmp.Or(claims.PassAs(c.String("pass-as")), m.PassAs)
	m.Encoding = cmp.Or(claims.Encoding(c.String("encoding")), m.Encoding)
	if err := m.Check(); err != nil {
		return usageError("%s", err)
	}
	return nil
}

func describeModule(m claims.Module) string {
	text := fmt.Sprintf("%s %s, prefix %s", m.Name, m.Version, m.Prefix)
	if m.Delimiter != "" {
		text += fmt.Sprintf(", delimiter %q", m.Delimiter)
	}
	return text + ", claims as " + string(m.PassAs)
}
