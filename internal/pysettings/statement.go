package pysettings

// statement is a simple statement, or the head of a compound one with its body.
// from and to bound its own tokens, last ends those of the body, too.
type statement struct {
	from, to, last int
	body           []*statement
	compound       bool
}

// blocks reads the tree of statements from the tokens.
type blocks struct {
	tokens []token
	at     int
}

// block reads to the dedent, or to the end.
func (b *blocks) block() []*statement {
	var out []*statement
	for {
		switch b.tokens[b.at].kind {
		case dedentToken, endToken:
			b.at++
			return out
		}
		out = append(out, b.line()...)
	}
}

// line reads one logical line and the block that it begins.
func (b *blocks) line() []*statement {
	from := b.at
	for b.tokens[b.at].kind != newlineToken {
		b.at++
	}
	to := b.at
	b.at++
	if b.tokens[b.at].kind == indentToken {
		b.at++
		s := &statement{from: from, to: to - 1, body: b.block(), compound: true}
		s.last = b.at - 1
		return []*statement{s}
	}
	if begins(b.tokens[from], "if", "elif", "else", "for", "while", "try", "except", "finally", "with", "def", "class", "async") {
		colon := b.colon(from, to)
		return []*statement{{from: from, to: colon, last: to, body: b.simple(min(colon+1, to), to), compound: true}}
	}
	return b.simple(from, to)
}

func begins(t token, words ...string) bool {
	for _, word := range words {
		if t.kind == nameToken && t.text == word {
			return true
		}
	}
	return false
}

// colon gives the place of the colon that ends a head, or to.
func (b *blocks) colon(from, to int) int {
	lambdas := 0
	for i := from; i < to; i = b.beyond(i) {
		switch t := b.tokens[i]; {
		case t.is("lambda"):
			lambdas++
		case t.is(":") && lambdas == 0:
			return i
		case t.is(":"):
			lambdas--
		}
	}
	return to
}

// beyond gives the place after a token, or after the bracket that it opens.
func (b *blocks) beyond(i int) int { return beyond(b.tokens, i) }

func beyond(tokens []token, i int) int {
	if match := tokens[i].match; match > i {
		return match + 1
	}
	return i + 1
}

// simple splits a line at its semicolons.
func (b *blocks) simple(from, to int) []*statement {
	var out []*statement
	begin := from
	for i := from; i <= to; i = b.beyond(i) {
		if i < to && !b.tokens[i].is(";") {
			continue
		}
		if begin < i {
			out = append(out, &statement{from: begin, to: i, last: i})
		}
		begin = i + 1
	}
	return out
}
