package engine

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/python"
)

// jsonRule is a text of schema 3.0 that names a direct map which holds projects
// as JSON (RuleProcessorForProjectJsonAttribute.process_rule_mapping).
type jsonRule struct {
	key, text string
	index     int // -1: the text begins with no index
}

// parseJSONRule looks for an index at the text's beginning, as the expression
// \{?(\d+)\}? does; what follows is passed over.
func parseJSONRule(key, text string) *jsonRule {
	rest := text
	if rest != "" && rest[0] == '{' {
		rest = rest[1:]
	}
	index := -1
	for _, r := range rest {
		digit, ok := python.Decimal(r)
		if !ok {
			break
		}
		index = min(max(index, 0)*10+digit, 1<<30)
	}
	return &jsonRule{key, text, index}
}

func (j *jsonRule) evaluate(args []python.Arg) (any, error) {
	if j.index < 0 {
		return nil, &python.Exception{Class: "SchemaValidationError", Message: fmt.Sprintf("%s is %q, which begins with no {number}", j.key, j.text)}
	}
	if j.index >= len(args) {
		return nil, &python.Exception{Class: "IndexError", Message: fmt.Sprintf("%s names direct entry %d, but the rule has %d", j.key, j.index, len(args))}
	}
	arg := args[j.index]
	if len(arg.Values) != 1 {
		return emptyProjects(arg.Values)
	}
	got, err := python.JSON(arg.Values[0])
	if err != nil {
		return nil, err
	}
	return projects(got)
}

// emptyProjects takes a claim of several values, which are no projects, or of
// none.
func emptyProjects(values []string) (any, error) {
	if len(values) > 0 {
		return nil, refusal("projects_json: the claim has %d values, expected one JSON text (it may hold no semicolon)", len(values))
	}
	return []any{}, nil
}

// projects holds JSON against PROJECTS_SCHEMA_2_0 and gives it as Objects.
func projects(v any) (any, error) {
	list, ok := v.(python.List)
	if !ok {
		return nil, refusal("projects_json: %s is no list of projects", described(v))
	}
	out := make([]any, 0, len(list))
	for _, item := range list {
		p, err := project(item)
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, nil
}
