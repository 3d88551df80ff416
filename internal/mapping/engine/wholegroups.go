package engine

import (
	"errors"
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/python"
)

// wholeGroups takes items that are JSON: or, wrongly, plain names: the branch of
// _normalize_groups for texts that hold "name".
func (g *gathering) wholeGroups(given any) ([]any, error) {
	items, err := g.literals(given)
	if err != nil {
		return nil, err
	}
	groups := make([]any, len(items))
	err = each(given, items, func(i int) (err error) {
		groups[i], err = fromJSON(items[i])
		return err
	})
	if err == nil {
		err = each(given, items, func(i int) error { return needsDomain(groups[i]) })
	}
	return groups, err
}

// each does a step for every item and gives the first error. Where the items are
// in a set's order and fail in several ways, which is first is left to chance.
func each(given any, items []any, step func(i int) error) error {
	var first error
	l, _ := given.(listed)
	for i := range items {
		err := step(i)
		switch {
		case err == nil:
		case first == nil && l.arg.Chance:
			first = err
		case first == nil:
			return err
		case class(err) != class(first):
			return undecidable("the groups fail as %s and as %s, whichever is first in the order of a set", class(first), class(err))
		}
	}
	return first
}

func class(err error) string {
	var raised *python.Exception
	if errors.As(err, &raised) {
		return raised.Class
	}
	return ""
}

// fromJSON is convert_json: behind "JSON:" stands a group. Python's lstrip takes
// every leading letter of "JSON:" away.
func fromJSON(item any) (any, error) {
	switch v := item.(type) {
	case string:
		if !strings.HasPrefix(v, "JSON:") {
			return v, nil
		}
		return python.JSON(strings.TrimLeft(v, "JSON:"))
	case python.Bytes:
		return nil, typeError("startswith first arg must be bytes or a tuple of bytes, not str")
	}
	return nil, &python.Exception{Class: "AttributeError", Message: fmt.Sprintf("%s has no attribute 'startswith'", described(item))}
}

// needsDomain is `'domain' not in group`: a key of an object, but any part of a
// text.
func needsDomain(group any) error {
	has := false
	switch v := group.(type) {
	case string:
		has = strings.Contains(v, "domain")
	case python.List:
		has = containsText(v, "domain")
	case *python.Dict:
		_, has = v.Get("domain")
	default:
		return typeError(fmt.Sprintf("argument of type %s is not iterable", described(group)))
	}
	if !has {
		return refusal("the groups hold the letters \"name\", so Keystone takes each for a whole group, and %s has no domain", described(group))
	}
	return nil
}

func containsText(list python.List, text string) bool {
	for _, item := range list {
		if item == text {
			return true
		}
	}
	return false
}

func described(v any) string { return python.Repr(v, python.Default()) }

func typeError(message string) error {
	return &python.Exception{Class: "TypeError", Message: message}
}
