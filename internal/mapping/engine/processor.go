package engine

import (
	"cmp"
	"math/bits"
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
		slot, known := slots[q.name]
		if !known {
			slot = len(p.types)
			slots[q.name] = slot
			p.types = append(p.types, q.name)
		}
		q.slot = slot
		rule.remote = append(rule.remote, q)
	}
	for _, item := range n.Get("local").Items() {
		rule.local = append(rule.local, p.local(item))
	}
	rule.quick = quick(rule.remote)
	for i := range rule.remote {
		if q := &rule.remote[i]; q.counted() {
			rule.direct = append(rule.direct, q)
		}
	}
	return rule
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

// login is one environment on its way through the rules.
type login struct {
	evaluation
	p        *Processor
	env      map[string]string
	came     []came // by slot
	identity []identity
	hasUser  bool     // a rule has named the user
	likely   []uint64 // a bit for each rule that may hold
}

func (p *Processor) login(env map[string]string) *login {
	return &login{evaluation: evaluation{rules: p.rules}, p: p, env: env, came: make([]came, len(p.types))}
}

// reset makes a used login ready for another environment. What a result may
// refer to is not used again.
func (l *login) reset(env map[string]string) {
	l.env, l.hasUser, l.open, l.fields = env, false, false, nil
	clear(l.identity)
	l.identity = l.identity[:0]
	for i := range l.came {
		l.came[i].forget()
	}
}

// identity is one evaluated item of a rule's local (identity_values).
type identity struct {
	rule int
	from *value
	Object
}

// apply tries every rule and gathers what those that hold give.
func (l *login) apply(t *tracer) error {
	for i := range l.p.all {
		if err := l.applyRule(i, t); err != nil {
			return err
		}
	}
	return nil
}

// applyLikely is apply for those rules alone that may hold or raise.
func (l *login) applyLikely() error {
	l.likely = append(l.likely[:0], l.p.index.always...)
	for slot := range l.came {
		for _, n := range l.of(slot).listed {
			l.p.index.mark(l.likely, n)
		}
	}
	for word, set := range l.likely {
		for ; set != 0; set &= set - 1 {
			if err := l.applyRule(word*64+bits.TrailingZeros64(set), nil); err != nil {
				return err
			}
		}
	}
	return nil
}

func (l *login) applyRule(i int, t *tracer) error {
	rule := &l.p.all[i]
	holds, err := l.match(rule, t.rule(i))
	if err == nil && holds {
		err = l.give(i, t)
	}
	if err != nil {
		return inRule(err, i+1, rule.at)
	}
	return nil
}

// match is _verify_all_requirements: it fills args with the direct maps.
func (l *login) match(rule *prepared, t *RuleTrace) (bool, error) {
	l.forget()
	if t == nil && rule.quick != nil {
		return l.matchQuick(rule)
	}
	for i := range rule.remote {
		q := &rule.remote[i]
		c := l.of(q.slot)
		if !c.present {
			t.absent(i)
			return false, nil
		}
		v, err := q.judge(c, &l.rules)
		t.judged(i, c.values, v, err)
		if err != nil || !v.holds {
			return false, located(err, q.at)
		}
		if q.counted() {
			l.direct(v.arg, c)
		}
	}
	return true, nil
}

// matchQuick asks the conditions first, the quick ones before the others. It may
// do so where no requirement raises anything, whose turn it would be before.
func (l *login) matchQuick(rule *prepared) (bool, error) {
	for _, q := range rule.quick {
		if c := l.of(q.slot); !c.present || q.stops(c) {
			return false, nil
		}
	}
	for _, q := range rule.direct {
		c := l.of(q.slot)
		v, err := q.judge(c, &l.rules)
		if err != nil {
			return false, err
		}
		l.direct(v.arg, c)
	}
	return true, nil
}

func (l *login) give(rule int, t *tracer) error {
	t.holds(rule)
	for _, item := range l.p.all[rule].local {
		got, err := item.item(&l.evaluation, l.hasUser && t == nil)
		if err != nil {
			return err
		}
		l.hasUser = l.hasUser || item.givesUser()
		l.identity = append(l.identity, identity{rule + 1, item, got})
		t.gave(&l.identity[len(l.identity)-1])
	}
	return nil
}
