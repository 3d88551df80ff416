package mapping

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/spec"
)

// prove reads the named rules as they will be written, and compiles them. A rule
// that federation.yaml refuses is left out.
func (i *importer) prove() {
	for i.proveOnce() {
	}
	slices.SortFunc(i.out.left, func(a, b *ruleImport) int { return a.number - b.number })
	if len(i.out.Rules) == 0 && !i.findings.HasErrors() {
		i.add(finding.Range{Path: i.out.Path}, finding.Error, "no rule gives anything", "")
	}
	_, list := Compile(i.out.provider(), "")
	for _, f := range list {
		if f.Severity != finding.Error {
			i.findings = append(i.findings, f)
		}
	}
	i.findings.Sort()
}

// proveOnce leaves out what is refused, and reports whether there was any.
func (i *importer) proveOnce() bool {
	if len(i.out.Rules) == 0 {
		return false
	}
	refused := i.refused()
	kept, from := i.out.Rules, i.out.from
	i.out.Rules, i.out.from = nil, nil
	for n, r := range from {
		if f, bad := refused[n]; bad {
			r.lose(r.at, "cannot be a named rule: "+f.Message, f.Hint)
			i.out.left = append(i.out.left, r)
			continue
		}
		i.out.Rules, i.out.from = append(i.out.Rules, kept[n]), append(i.out.from, r)
	}
	return len(refused) > 0
}

// refused gives, by a rule's place, why it cannot stand in federation.yaml.
func (i *importer) refused() map[int]finding.Finding {
	text := skeleton + i.out.YAML()
	fed, list := spec.Load("", []byte(text))
	out := i.refusedBySpec(text, list)
	meant, list := Compile(i.out.provider(), "")
	for _, f := range list {
		if f.Severity == finding.Error {
			out[i.ruleOf(f.At)] = f
		}
	}
	if len(out) == 0 && !same(fed, meant) {
		panic("mapping: named rules are read otherwise than they were written:\n" + text)
	}
	return out
}

// refusedBySpec puts findings about the text to the rules that they are about.
func (i *importer) refusedBySpec(text string, list finding.List) map[int]finding.Finding {
	out := map[int]finding.Finding{}
	for _, f := range list {
		if f.Severity != finding.Error {
			continue
		}
		if n := ruleOfLine(text, f.At.Start.Line); n >= 0 {
			out[n] = f
			continue
		}
		for n := range i.out.Rules { // it is about the domain, and so about all
			out[n] = f
		}
	}
	return out
}

// same reports whether a description compiles to a mapping.
func same(fed *spec.Federation, meant Mapping) bool {
	got, _ := Compile(fed.IdentityProviders[0], "")
	a, errA := got.Bytes()
	b, errB := meant.Bytes()
	return errA == nil && errB == nil && bytes.Equal(a, b)
}

// provider is an identity provider with the imported rules.
func (m Imported) provider() spec.IdentityProvider {
	return spec.IdentityProvider{ID: spec.Text{Value: "imported"}, Domain: spec.Text{Value: m.Domain}, Rules: m.Rules}
}

// skeleton is a description that lacks an identity provider's domain and rules.
const skeleton = `version: 1
keystone: {url: "https://keystone.example.org"}
platform: debian-12
httpd: {crypto_passphrase: {env: PASSPHRASE}}
identity_providers:
  imported:
    issuer: https://sso.example.org
    client: {id: keystone, secret: {env: SECRET}}
`

// ruleOfLine gives the place of the rule that a line of YAML belongs to; -1 for
// a line before them.
func ruleOfLine(text string, line int) int {
	rule := -1
	for _, l := range strings.Split(text, "\n")[:line] {
		if strings.HasPrefix(l, ruleIndent+"- ") {
			rule++
		}
	}
	return rule
}

// ruleOf gives the place of the rule that a position in the mapping belongs to.
func (i *importer) ruleOf(at finding.Range) int {
	for n, r := range i.out.from {
		if r.at.Start.Byte <= at.Start.Byte && at.Start.Byte < r.at.End.Byte {
			return n
		}
	}
	panic(fmt.Sprintf("mapping: a finding at %s lies in no rule", at))
}
