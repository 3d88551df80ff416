package spec

import (
	"errors"
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/pattern"
)

// Piece is a part of a template: literal text, or a claim (or env(NAME)) whose
// value stands there. Exactly one of the two is given.
type Piece struct {
	Text  string
	Claim string
}

// claimName is what mod_auth_openidc can hand on and Keystone can look up: URLs
// are names of claims too (https://example.org/groups).
var (
	claimName = pattern.Lazy(`^[A-Za-z_][A-Za-z0-9_.:/@-]{0,127}$`)
	claimSlip = pattern.Lazy(`^[0-9]+$`)
)

// Pieces splits a template such as "{given_name} {family_name}". Keystone puts
// templates through Python's str.format, so that braces may only hold the name
// of a claim: no index, attribute, conversion or format, and no nesting.
func Pieces(template string) ([]Piece, error) {
	var out []Piece
	for rest := template; rest != ""; {
		before, after, found := strings.Cut(rest, "{")
		if strings.Contains(before, "}") {
			return nil, errors.New("a closing brace has no opening one")
		}
		if before != "" {
			out = append(out, Piece{Text: before})
		}
		if !found {
			break
		}
		claim, tail, closed := strings.Cut(after, "}")
		if !closed {
			return nil, errors.New("a brace is not closed")
		}
		if err := claimError(claim); err != nil {
			return nil, err
		}
		out, rest = append(out, Piece{Claim: claim}), tail
	}
	return out, nil
}

func claimError(name string) error {
	variable, isVariable := Variable(name)
	switch {
	case isVariable:
		return variableError(variable)
	case claimName().MatchString(name):
		return nil
	case claimSlip().MatchString(name):
		return fmt.Errorf("{%s} is an index, expected the name of a claim", short(name))
	default:
		return fmt.Errorf("%s is not the name of a claim (letters, digits, . _ - : / @)", show(name))
	}
}

// Claims gives the claims of a template, in its order. A template that Pieces
// refuses has none.
func Claims(template string) []string {
	pieces, err := Pieces(template)
	if err != nil {
		return nil
	}
	var out []string
	for _, p := range pieces {
		if p.Claim != "" {
			out = append(out, p.Claim)
		}
	}
	return out
}
