package main

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping"
	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/internal/spec"
)

// providerRules gives the rules of a provider of a description: compiled, or the
// file that its mapping: names.
func providerRules(c *cli.Context, path, name string) (mapRules, error) {
	fed, src, list, err := spec.ReadFile(path, c.App.Reader)
	if errors.Is(err, fs.ErrNotExist) {
		return mapRules{}, fmt.Errorf("%s: no such file; RULES is a mapping (JSON) or federation.yaml#IDP", path)
	}
	if err != nil {
		return mapRules{}, err
	}
	if err := reportFindings(c, list, map[string][]byte{path: src}); err != nil {
		return mapRules{}, err
	}
	if fed.Service() {
		return mapRules{}, usageError("map works as Keystone does, which the platform %s only resembles; `fedstone apply --plan` shows the service's own rules", fed.Platform)
	}
	idp, err := provider(fed, name)
	if err != nil {
		return mapRules{}, err
	}
	target := fed.Target()
	r := mapRules{idp: idp, target: target, release: fed.KeystoneRelease()}
	if idp.Mapping.Given() {
		file := besideDescription(fed, idp.Mapping.Value)
		text, err := readMapping(file, c.App.Reader)
		if err != nil {
			return mapRules{}, err
		}
		return parseRules(c, r, file, text)
	}
	return compileRules(c, r, path)
}

func compileRules(c *cli.Context, r mapRules, path string) (mapRules, error) {
	m, list := mapping.Compile(*r.idp, r.release)
	if err := reportFindings(c, list, nil); err != nil {
		return mapRules{}, err
	}
	for _, from := range m.From {
		r.places = append(r.places, r.idp.Rules[from].At)
	}
	src, err := m.Bytes()
	if err != nil {
		return mapRules{}, err
	}
	return parseRules(c, r, path+"#"+r.idp.ID.Value, src)
}

// related points from the compiled rules to the named one that an outcome is about.
func (r mapRules) related(out engine.Outcome) []finding.Related {
	number := 0
	switch {
	case out.Error != nil:
		number = out.Error.Rule
	case out.Undecidable != nil:
		number = out.Undecidable.Rule
	}
	if number < 1 || number > len(r.places) {
		return nil
	}
	return []finding.Related{{Message: "it is compiled from this rule", At: r.places[number-1]}}
}

func provider(fed *spec.Federation, name string) (*spec.IdentityProvider, error) {
	var names []string
	for i, idp := range fed.IdentityProviders {
		if idp.ID.Value == name {
			return &fed.IdentityProviders[i], nil
		}
		names = append(names, idp.ID.Value)
	}
	hint := ""
	if near := finding.Nearest(name, names); near != "" {
		hint = fmt.Sprintf(" (did you mean %s?)", near)
	}
	return nil, usageError("%s has no identity provider %q, expected one of %s%s", fed.Path, name, strings.Join(names, ", "), hint)
}
