package compare

import (
	"regexp/syntax"
	"strings"
)

// maxWitnesses bounds the texts that are made of one expression.
const maxWitnesses = 8

// witnesses gives texts that an expression may find. They are made of its syntax
// where Go can read it, else of the plain letters in it; whether they are found
// is for the engine to say.
func witnesses(pattern string) []string {
	tree, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return []string{letters(pattern)}
	}
	return made(tree)
}

// letters leaves out what has a meaning in expressions.
func letters(pattern string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(`\^$.|?*+()[]{}`, r) {
			return -1
		}
		return r
	}, pattern)
}

// made gives a few texts that match a tree, one for each alternative.
func made(t *syntax.Regexp) []string {
	switch t.Op {
	case syntax.OpLiteral:
		return []string{string(t.Rune)}
	case syntax.OpCharClass:
		return []string{class(t.Rune)}
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		return []string{"x"}
	case syntax.OpCapture, syntax.OpPlus, syntax.OpQuest:
		return made(t.Sub[0])
	case syntax.OpRepeat:
		return repeated(made(t.Sub[0]), max(t.Min, 1))
	case syntax.OpAlternate:
		return alternatives(t.Sub)
	case syntax.OpConcat:
		return joined(t.Sub)
	}
	return []string{""}
}

// class gives one member of a class, a letter or digit if the class begins so.
func class(ranges []rune) string {
	for i := 0; i+1 < len(ranges); i += 2 {
		if lo, hi := max(ranges[i], '!'), ranges[i+1]; lo <= hi {
			return string(lo)
		}
	}
	if len(ranges) > 0 {
		return string(ranges[0])
	}
	return ""
}

func repeated(texts []string, n int) []string {
	const most = 64 // longer repetitions are left to the doubt of the result
	out := make([]string, 0, len(texts))
	for _, t := range texts {
		out = append(out, strings.Repeat(t, min(n, most)))
	}
	return out
}

func alternatives(sub []*syntax.Regexp) []string {
	var out []string
	for _, s := range sub {
		out = append(out, made(s)...)
	}
	return out[:min(len(out), maxWitnesses)]
}

// joined puts the pieces one behind the other: with the first text of each, and
// with every other text of one.
func joined(sub []*syntax.Regexp) []string {
	out := []string{""}
	for _, s := range sub {
		pieces := made(s)
		var next []string
		for _, before := range out {
			for _, piece := range pieces {
				next = append(next, before+piece)
			}
		}
		out = next[:min(len(next), maxWitnesses)]
	}
	return out
}
