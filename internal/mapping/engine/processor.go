package engine

import (
	"cmp"
	"slices"
	"sync"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/python"
)

// Processor applies one mapping. It may be used by several goroutines.
type Processor struct {
	rules
	doc   *Document
	all   []prepared
	types []string // what the rules read, each once
	words *words   // what they list
	index index    // which rules a login need not be tried with
	idle  sync.Pool
}

// prepared is one rule, read and compiled.
type prepared struct {
	at     finding.Range
	remote []requirement
	local  []*value
	quick  []*requirement // of a rule none of whose requirements raises, in the order of what asking costs; else nil
	direct []*requirement // those that placeholders count
}

// New prepares a mapping, which should have passed Check. The error says which
// option names nothing.
func New(doc *Document, o Options) (*Processor, error) {
	r, err := o.settle(doc)
	if err != nil {
		return nil, err
	}
	p := &Processor{rules: r, doc: doc, words: newWords()}
	slots := map[string]int{}
	for _, n := range doc.Rules {
		p.all = append(p.all, p.prepareRule(n, slots))
	}
	p.index = indexed(p.all)
	return p, nil
}

func (p *Processor) prepareRule(n *Node, slots map[string]int) prepared {
	rule := prepared{at: n.At}
	for _, item := range n.Get("remote").Items() {
		q := p.prepare(item, p.words)
		q.slot = p.slot(q.name, slots)
		rule.remote = append(rule.remote, q)
	}
	for _, item := range n.Get("local").Items() {
		rule.local = append(rule.local, p.local(item))
	}
	rule.quick, rule.direct = quick(rule.remote), counted(rule.remote)
	return rule
}

// slot gives the place of a type; a new one for a new type.
func (p *Processor) slot(name string, slots map[string]int) int {
	slot, known := slots[name]
	if !known {
		slot = len(p.types)
		slots[name] = slot
		p.types = append(p.types, name)
	}
	return slot
}

func counted(remote []requirement) []*requirement {
	var out []*requirement
	for i := range remote {
		if remote[i].counted() {
			out = append(out, &remote[i])
		}
	}
	return out
}

// quick sorts requirements by what asking them costs; nil if one may raise.
func quick(remote []requirement) []*requirement {
	out := make([]*requirement, len(remote))
	for i := range remote {
		if out[i] = &remote[i]; !out[i].sure() {
			return nil
		}
	}
	slices.SortStableFunc(out, func(a, b *requirement) int { return cmp.Compare(a.cost(), b.cost()) })
	return out
}

// Schema gives the schema version whose processor evaluates.
func (p *Processor) Schema() string { return p.schema }

// Release gives the name of the release whose behaviour is followed.
func (p *Processor) Release() string { return p.release.Name }

// Python gives the version of Python whose behaviour is followed.
func (p *Processor) Python() python.Version { return p.python }

// Document gives the mapping that is applied.
func (p *Processor) Document() *Document { return p.doc }

// Types gives the types that the rules read, each once, in their order.
func (p *Processor) Types() []string { return p.types }

// Process gives what RuleProcessor.process makes of an environment. Keystone
// looks at strings only, so an environment holds nothing else.
func (p *Processor) Process(env map[string]string) Outcome {
	l, _ := p.idle.Get().(*login)
	if l == nil {
		l = p.login(nil)
	}
	defer p.idle.Put(l)
	l.reset(env)
	if err := l.applyLikely(); err != nil {
		return outcome(err)
	}
	mapped, err := l.transform(nil)
	if err != nil {
		return outcome(err)
	}
	return Outcome{Mapped: mapped}
}
