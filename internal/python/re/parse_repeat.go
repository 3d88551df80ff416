package re

import "strconv"

// maxRepeat is CPython's MAXREPEAT on 64 bit machines; maxModelled is as far as we follow.
const (
	maxRepeat   = 1<<32 - 1
	maxModelled = 1 << 30
)

// repeat applies a quantifier to the last item of out.
func (p *parser) repeat(this token, out sequence) sequence {
	here := p.src.tell()
	lo, hi, ok := p.quantifier(this, here)
	if !ok {
		return append(out, node{kind: kindLiteral, ch: this.ch})
	}
	back := p.src.tell() - here + 1
	if len(out) == 0 || out[len(out)-1].kind == kindAt {
		p.src.raise(back, "nothing to repeat")
	}
	last := out[len(out)-1]
	if last.kind == kindRepeat {
		p.src.raise(back, "multiple repeat")
	}
	body := sequence{last}
	if last.plain() {
		body = last.subs[0]
	}
	out[len(out)-1] = node{kind: kindRepeat, min: lo, max: hi, mode: p.repeatMode(), subs: []sequence{body}}
	return out
}

func (p *parser) repeatMode() mode {
	switch {
	case p.src.match('?'):
		return lazy
	case p.version.AtLeast(11) && p.src.match('+'):
		return possessive
	}
	return greedy
}

// quantifier gives the bounds; not ok: "{" stands for itself.
func (p *parser) quantifier(this token, here int) (lo, hi int, ok bool) {
	switch this.ch {
	case '?':
		return 0, 1, true
	case '*':
		return 0, unbounded, true
	case '+':
		return 1, unbounded, true
	}
	return p.braces(here)
}

func (p *parser) braces(here int) (lo, hi int, ok bool) {
	if p.src.next.is('}') {
		return 0, 0, false
	}
	from := p.src.while(len(p.src.text), digits)
	to := from
	if p.src.match(',') {
		to = p.src.while(len(p.src.text), digits)
	}
	if !p.src.match('}') {
		p.src.seek(here)
		return 0, 0, false
	}
	lo, hi = p.bound(from, 0), p.bound(to, unbounded)
	if hi != unbounded && hi < lo {
		p.src.raise(p.src.tell()-here, "min repeat greater than max repeat")
	}
	return modelled(lo, hi)
}

// bound reads a number of repetitions. Since 3.11 (and in later patch releases of 3.9 and 3.10) int refuses more than
// 4300 digits.
func (p *parser) bound(text string, absent int) int {
	if text == "" {
		return absent
	}
	if len(text) > 4300 {
		raiseException("ValueError", "Exceeds the limit (4300 digits) for integer string conversion")
	}
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil || n >= maxRepeat {
		raiseException("OverflowError", "the repetition number is too large")
	}
	return int(n)
}

func modelled(lo, hi int) (int, int, bool) {
	if lo > maxModelled {
		giveUp("a repetition of at least %d times", lo)
	}
	if hi > maxModelled {
		hi = unbounded
	}
	return lo, hi, true
}
