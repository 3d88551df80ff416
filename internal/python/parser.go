package python

import "strings"

// parser reads one expression by the grammar of Grammar/python.gram, rule "eval".
// The first error ends the reading: all tokens after it are the end.
type parser struct {
	lexer   lexer
	tok     token
	err     error
	lexical bool  // err is the lexer's
	open    error // of a text whose value cannot be told
	risky   bool  // converting what was read may raise more than a ValueError
	stack   stack
}

// parse gives the expression of a source, or an *Exception or *Undecidable.
func parse(src string, ver Version) (*node, error) {
	p := &parser{lexer: lexer{src: src, ver: ver}}
	p.advance()
	n := p.expressions()
	for p.tok.kind == newlineToken {
		p.advance()
	}
	if p.tok.kind != endToken {
		p.fail(errSyntax)
	}
	if open := p.doubt(); open != nil {
		return nil, open
	}
	if p.err == nil {
		p.err = p.open
	}
	return n, p.err
}

func (p *parser) advance() {
	if p.err != nil {
		return
	}
	tok, err := p.lexer.next()
	if p.tok = tok; err != nil {
		p.lexical = true
		p.fail(err)
	}
}

func (p *parser) fail(err error) {
	if p.err == nil {
		p.err = err
	}
	p.tok = token{}
}

// is reports an operator or keyword.
func (p *parser) is(text string) bool {
	return p.tok.text == text && (p.tok.kind == operator || p.tok.kind == nameToken)
}

func (p *parser) accept(text string) bool {
	if !p.is(text) {
		return false
	}
	p.advance()
	return true
}

func (p *parser) expect(text string) {
	if !p.accept(text) {
		p.fail(errSyntax)
	}
}

// shortEnough is a rest of a text that can neither nest too deep for CPython's
// parser nor for its tree.
const shortEnough = 1000

// abandon ends the reading at a lambda, comprehension, f-string, await or yield.
// None is a literal: if it is well formed, that is a ValueError, if not, a
// SyntaxError, which this package tells apart nowhere else.
func (p *parser) abandon() {
	rest := p.lexer.src[p.lexer.at:]
	deep := len(rest) > shortEnough || p.stack.most > stackLimit/4 || brackets(rest) > maxBrackets/4
	if p.risky || deep {
		p.fail(undecidable("the text holds Python code that is no literal, which is not read here"))
		return
	}
	p.fail(errMalformed)
}

func brackets(s string) int {
	return strings.Count(s, "(") + strings.Count(s, "[") + strings.Count(s, "{")
}

var errMalformed = &Exception{Class: "ValueError", Message: "malformed node or string"}
