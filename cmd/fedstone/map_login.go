package main

import (
	"cmp"
	"fmt"

	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/claims"
	"github.com/fedstone/fedstone/internal/mapping"
	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/internal/mapping/explain"
)

// mapLogin is what CLAIMS holds, as Keystone sees it.
type mapLogin struct {
	name        string
	module      string // what made the environment; "" when it was given
	environment []explain.Variable
	refused     *explain.Refused
	knows       func(string) string
	facts       engine.Facts
	notes       []string
}

// readLogin reads the claims and makes the environment of them.
func readLogin(c *cli.Context, r mapRules, release string) (mapLogin, error) {
	name := c.Args().Get(1)
	given, shown, list, err := claims.ReadFile(name, c.App.Reader)
	if err != nil {
		return mapLogin{}, err
	}
	if err := reportFindings(c, list, map[string][]byte{name: shown}); err != nil {
		return mapLogin{}, err
	}
	l := mapLogin{name: name, facts: mapFacts(c, r)}
	if given.Form != claims.JSON {
		l.notes = append(l.notes, "the claims are "+given.About())
	}
	module, err := mapModule(c, r, given.Form)
	if err != nil {
		return mapLogin{}, err
	}
	if module != nil && !c.IsSet("module") {
		l.notes = append(l.notes, "the module is the one of "+r.target.Title+", set up as `fedstone render` writes it; --module names another, or none")
	}
	l.fill(given, module, release)
	return l, nil
}

// fill makes the environment: by a module, or of the claims as they stand.
func (l *mapLogin) fill(given *claims.Claims, module *claims.Module, release string) {
	e := claims.Plain(given)
	if module != nil {
		e = module.Environ(given)
		l.module = describeModule(*module)
	}
	l.environment, l.knows = variables(e, release), e.Knows
	l.facts.RemoteUser, l.facts.RemoteUserKnown = e.Get("REMOTE_USER")
	l.facts.RemoteUserKnown = l.facts.RemoteUserKnown || module != nil
	if e.Refused != "" {
		l.refused = &explain.Refused{By: module.Name, Reason: e.Refused}
		l.notes = append(l.notes, "give the claims of a whole token, or the environment that Keystone sees, with --module none")
	}
}

// variables gives the environment as Keystone reads it, and what is missing in it.
func variables(e claims.Environ, release string) []explain.Variable {
	read := claims.Assertion(e, release, "")
	var out []explain.Variable
	for _, v := range e.Variables {
		out = append(out, explain.Variable{Name: v.Name, Value: read[v.Name], Claim: v.Claim, Note: v.Note})
	}
	for _, m := range e.Missing {
		out = append(out, explain.Variable{Name: m.Name, Claim: m.Claim, Note: m.Reason, Missing: true})
	}
	return out
}

func mapFacts(c *cli.Context, r mapRules) engine.Facts {
	f := engine.Facts{DomainID: c.String("domain-id")}
	if r.idp != nil {
		f.DomainName, f.IdP, f.Protocol = r.idp.Domain.Value, r.idp.ID.Value, r.idp.Protocol.Value
	}
	return f
}

// mapModule is the module that the call names, or else the description's platform
// has, set up as fedstone renders it; nil when the claims are the environment.
// Lines are what Keystone's own tool takes for the environment.
func mapModule(c *cli.Context, r mapRules, form claims.Form) (*claims.Module, error) {
	name, version, flow := c.String("module"), c.String("module-version"), claims.Bearer
	if c.Bool("browser") {
		flow = claims.Browser
	}
	rendered := name == "" && r.idp != nil && form != claims.Lines
	switch {
	case rendered:
		name, version = claims.AuthOpenIDC, r.target.Module
	case name == "" || name == noModule:
		return nil, moduleFlags(c)
	case version == "" && r.idp != nil && name == claims.AuthOpenIDC:
		version = r.target.Module
	case version == "":
		return nil, usageError("--module %s needs --module-version, such as %s: the environment differs between versions", name, exampleVersion(name))
	}
	m, err := claims.NewModule(name, version, flow)
	if err != nil {
		return nil, usageError("%s", err)
	}
	if rendered {
		m.Prefix, m.Delimiter, m.PassAs, m.RemoteUser = mapping.Prefix, ";", claims.Environment, "sub"
	}
	return &m, setUp(c, &m)
}

func exampleVersion(module string) string {
	if module == claims.OAuth2 {
		return "3.3.1"
	}
	return "2.4.12.3"
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
