package ask

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/platform"
)

// answers are what httpd says to a directive with a wrong number of arguments
// (invoke_cmd in server/config.c). Longer sentences come first, because some are
// the beginning of others.
var answers = []struct {
	sentence string
	kind     platform.ArgKind
}{
	{" takes no arguments", platform.NoArgs},
	{" takes one, two or three arguments", platform.Take123},
	{" takes one or three arguments", platform.Take13},
	{" takes one argument", platform.Take1},
	{" takes two or three arguments", platform.Take23},
	{" takes two arguments", platform.Take2},
	{" takes 1-2 arguments", platform.Take12},
	{" takes three arguments", platform.Take3},
	{" requires at least two arguments", platform.Iterate2},
	{" requires at least one argument", platform.Iterate},
	{" must be On or Off", platform.Flag},
}

// kind asks for a directive's argument count: a line without arguments is wrong
// for every kind but NoArgs and Raw, and the answer names the kind. A line with
// too many arguments must be answered alike.
func (p Program) kind(dir, name string) (platform.ArgKind, error) {
	none, err := p.answer(dir, name, name)
	if err != nil {
		return 0, err
	}
	many, err := p.answer(dir, name, name+strings.Repeat(" x", 9))
	if err != nil {
		return 0, err
	}
	return combine(name, none, many)
}

// combine judges the two answers; InvalidKind stands for no complaint about the
// number of arguments.
func combine(name string, none, many platform.ArgKind) (platform.ArgKind, error) {
	_, most := none.Limits()
	switch {
	case none == platform.InvalidKind && many == platform.InvalidKind:
		return platform.Raw, nil
	case none == platform.InvalidKind && many == platform.NoArgs:
		return many, nil
	case none == many, most == platform.Many && many == platform.InvalidKind:
		return none, nil
	}
	return 0, fmt.Errorf("directive %s: answers to no and to nine arguments do not fit together (kinds %d and %d)", name, none, many)
}

func (p Program) answer(dir, name, line string) (platform.ArgKind, error) {
	out, err := p.run(dir, line, "-t")
	text := string(out)
	if strings.Contains(text, "Invalid command") || err == nil && !strings.Contains(text, "Syntax OK") {
		return 0, fmt.Errorf("directive %s: %s did not judge the line: %s", name, p.name(), text)
	}
	for _, a := range answers {
		if strings.Contains(text, "\n"+name+a.sentence) {
			return a.kind, nil
		}
	}
	return platform.InvalidKind, nil
}
