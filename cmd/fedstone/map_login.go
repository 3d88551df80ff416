package main

import (
	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/claims"
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
