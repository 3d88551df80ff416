package mapping

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/internal/spec"
)

// Imported is a positional mapping as named rules: Compile makes a mapping of
// Rules that has the same effect, for an identity provider of Domain.
type Imported struct {
	Path   string
	Domain string   // of users and groups that state no other; "" where the mapping names none
	Types  []string // what the mapping reads, each once
	Rules  []spec.Rule
	from   []*ruleImport // for each of Rules, what it was made of
	left   []*ruleImport // rules that are left out, in order
	drops  []string      // what of the whole mapping is left out
}

// Import makes named rules of a mapping that has passed engine.Check. Each error
// among the findings is something that named rules cannot say, and is not in the
// result; without errors the result is equal in effect. Warnings and infos tell
// of what looks different without being so.
//
// Equal in effect means for every login: the same user, groups (their order and
// repetitions aside, which Keystone drops) and projects, or the same refusal;
// claims that came under other names, as headers, come as OIDC-claim.
func Import(doc *engine.Document) (Imported, finding.List) {
	i := &importer{out: Imported{Path: doc.Path}}
	i.out.Domain, i.ofUsers = home(doc)
	i.version(doc)
	for n, rule := range doc.Rules {
		i.rule(n+1, rule)
	}
	i.prove()
	return i.out, i.findings
}

type importer struct {
	out      Imported
	ofUsers  bool // out.Domain is where the mapping places its users
	findings finding.List
}

// version: from schema 2.0 on the domain beside a user or project counts, which
// named rules do not have.
func (i *importer) version(doc *engine.Document) {
	if doc.SchemaVersion == "" || doc.SchemaVersion == written {
		return
	}
	message := fmt.Sprintf("mapping schema %s: named rules are compiled to schema %s, in which a domain beside a user or project does not count", doc.SchemaVersion, written)
	i.out.drops = append(i.out.drops, message)
	i.add(doc.Root.Get("schema_version").At, finding.Error, message, "keep this mapping as it is: mapping: "+doc.Path)
}

// rule imports one rule. A rule that would be looser than it was, or name nobody
// where it named somebody, is left out as a whole.
func (i *importer) rule(number int, n *engine.Node) {
	r := &ruleImport{importer: i, number: number, at: n.At}
	r.remote(n.Get("remote").Items())
	r.local(n.Get("local").Items())
	r.directs()
	switch {
	case r.lost:
		i.out.left = append(i.out.left, r)
	case r.items == 0:
		r.add(n.At, finding.Info, "gives nothing, and is left out", "")
	case r.givesNothing():
		r.lose(n.At, "gives nothing, but lets a login through that no other rule holds for: named rules do not", "delete the rule, or give it a user")
		i.out.left = append(i.out.left, r)
	default:
		r.rule.At = n.At
		i.out.Rules, i.out.from = append(i.out.Rules, r.rule), append(i.out.from, r)
	}
}

func (i *importer) add(at finding.Range, severity finding.Severity, message, hint string) {
	slug := map[finding.Severity]string{finding.Error: "cannot-import", finding.Warning: "import-differs", finding.Info: "import-drops"}[severity]
	i.findings = append(i.findings, finding.Finding{Slug: slug, Severity: severity, At: at, Message: message, Hint: hint})
}

// ruleImport is one rule on its way.
type ruleImport struct {
	*importer
	number int
	at     finding.Range
	entry  []*directEntry
	rule   spec.Rule
	items  int      // of its local part
	lost   bool     // it cannot be written without changing what it means
	drops  []string // what is left out of it, for comments
}

func (r *ruleImport) givesNothing() bool {
	return r.rule.User == nil && !r.rule.GroupsBy.Given() && !r.rule.GroupIDs.Given() && len(r.rule.Groups) == 0 && len(r.rule.Projects) == 0
}

func (r *ruleImport) add(at finding.Range, severity finding.Severity, message, hint string) {
	r.importer.add(at, severity, fmt.Sprintf("rule %d %s", r.number, message), hint)
}

// drop leaves a part out, which makes the rule give less.
func (r *ruleImport) drop(at finding.Range, message, hint string) {
	r.drops = append(r.drops, message)
	r.add(at, finding.Error, message, hint)
}

// lose leaves the rule out: without the part it would hold for more people, or
// make other people of them.
func (r *ruleImport) lose(at finding.Range, message, hint string) {
	r.lost = true
	r.drop(at, message, hint)
}
