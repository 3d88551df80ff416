package iam

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path/filepath"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/input"
	"github.com/fedstone/fedstone/internal/spec"
)

// maxMapping bounds a mapping's file, in bytes.
const maxMapping = 1 << 20

// MappingFor gives the provider's mapping: its named rules compiled, or the file that
// `mapping:` names, relative to dir. The error is a failure to read.
func MappingFor(idp spec.IdentityProvider, dir string) (Mapping, finding.List, error) {
	if !idp.Mapping.Given() {
		m, list := Compile(idp)
		return m, list, nil
	}
	path := idp.Mapping.Value
	if !filepath.IsAbs(path) {
		path = filepath.Join(dir, path)
	}
	src, err := input.File(path, maxMapping)
	if err != nil {
		return Mapping{}, nil, fmt.Errorf("mapping: %w", err)
	}
	m, problem := parseMapping(src)
	if m.ID = idp.ID.Value; problem != "" {
		return m, finding.List{{Slug: "iam-mapping", Severity: finding.Error, At: idp.Mapping.At, Message: fmt.Sprintf("%s: %s", finding.Printable(path), problem),
			Hint: `the service takes {"rules": [{"local": [{"user": {"name": "{0}"}}, {"group": {"name": "ops"}}], "remote": [{"type": "CLAIM"}, {"type": "CLAIM", "any_one_of": ["VALUE"]}]}]}`}}, nil
	}
	return m, nil, nil
}

// parseMapping reads {"rules": […]}, or the list alone, and tells what the service
// would not take.
func parseMapping(src []byte) (m Mapping, problem string) {
	into := any(&m)
	if text := bytes.TrimSpace(src); len(text) > 0 && text[0] == '[' {
		into = &m.Rules
	}
	dec := json.NewDecoder(bytes.NewReader(src))
	dec.DisallowUnknownFields()
	if err := dec.Decode(into); err != nil {
		return m, "not a mapping that the service takes: " + finding.Printable(err.Error())
	}
	if dec.More() {
		return m, "something stands behind the mapping"
	}
	if len(m.Rules) == 0 {
		return m, "it has no rules"
	}
	for i, r := range m.Rules {
		if problem := r.problem(); problem != "" {
			return m, fmt.Sprintf("rule %d: %s", i+1, problem)
		}
	}
	return m, ""
}

func (r Rule) problem() string {
	if len(r.Local) == 0 || len(r.Remote) == 0 {
		return "local or remote is empty"
	}
	for _, l := range r.Local {
		if l.User == nil && l.Group == nil && l.Groups == "" {
			return "an item of local has neither user nor group nor groups"
		}
	}
	for _, one := range r.Remote {
		switch {
		case one.Type == "":
			return "an item of remote has no type"
		case one.AnyOneOf != nil && one.NotAnyOf != nil:
			return "any_one_of and not_any_of exclude each other in an item of remote"
		}
	}
	return ""
}
