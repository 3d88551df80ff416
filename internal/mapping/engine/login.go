package engine

import "math/bits"

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
