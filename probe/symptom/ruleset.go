package symptom

import (
	"github.com/fedstone/fedstone/internal/claims"
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping"
	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/internal/spec"
)

// Ruleset is a mapping and where each of its rules is written.
type Ruleset struct {
	doc    *engine.Document
	whose  string
	places []finding.Range // of the description's rules
	whens  [][]finding.Range
}

// DescribedRules gives a provider's rules: those of the description, compiled, or the
// text of the file that `mapping:` names. nil when there are none that can be read.
func DescribedRules(fed *spec.Federation, idp *spec.IdentityProvider, file []byte) *Ruleset {
	if idp.Mapping.Given() {
		return readRules(idp.Mapping.Value, idp.Mapping.Value, file)
	}
	m, list := mapping.Compile(*idp, fed.KeystoneRelease())
	src, err := m.Bytes()
	if err != nil || list.HasErrors() {
		return nil
	}
	set := readRules("the description", fed.Path, src)
	for _, from := range m.From {
		r := idp.Rules[from]
		var whens []finding.Range
		for _, w := range r.When {
			whens = append(whens, w.At)
		}
		set.places, set.whens = append(set.places, r.At), append(set.whens, whens)
	}
	return set
}

// StoredRules reads a mapping as Keystone keeps it.
func StoredRules(id string, src []byte) *Ruleset {
	return readRules("Keystone's mapping "+id, "mapping:"+id, src)
}

func readRules(whose, path string, src []byte) *Ruleset {
	doc, list := engine.Read(path, src)
	if doc == nil || list.HasErrors() {
		return nil
	}
	return &Ruleset{doc: doc, whose: whose}
}

// Judge evaluates the rules for a bearer token, as the module of the platform hands
// its claims on in the way that render sets it up. The token's signature is not
// asked for.
func (s *Ruleset) Judge(fed *spec.Federation, idp *spec.IdentityProvider, token string) Rules {
	given, list := claims.Read("the token", []byte(token))
	if s == nil || given == nil || list.HasErrors() {
		return Rules{}
	}
	target := fed.Target()
	options := engine.On(target)
	options.Release = fed.KeystoneRelease()
	p, err := engine.New(s.doc, options)
	module, unknown := mapping.BearerModule(target, *idp)
	if err != nil || unknown != nil {
		return Rules{}
	}
	environ := module.Environ(given)
	facts := engine.Facts{DomainName: idp.Domain.Value, IdP: idp.ID.Value, Protocol: idp.Protocol.Value, RemoteUserKnown: true}
	facts.RemoteUser, _ = environ.Get("REMOTE_USER")
	return s.outcome(p, p.Explain(claims.Assertion(environ, p.Release(), "")), facts)
}
