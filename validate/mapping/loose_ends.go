package mapping

import "strings"

// looseEnds reports whether an expression is also found in longer values, before
// or behind what it seems to mean: where it begins or ends with a letter or digit
// and nothing holds that end.
func looseEnds(expression string) (before, behind bool) {
	expression = withoutFlags(expression)
	for _, a := range alternatives(expression) {
		before, behind = before || looseStart(a), behind || looseEnd(a)
	}
	return before, behind
}

func looseStart(expression string) bool {
	if end := closing(expression); end > 0 && expression[0] == '(' {
		inner, ok := group(expression[:end+1])
		before, _ := looseEnds(inner)
		return ok && before
	}
	return expression != "" && word(expression[0])
}

func looseEnd(expression string) bool {
	last := len(expression) - 1
	if last < 0 || escaped(expression, last) {
		return false
	}
	for i := range expression {
		if expression[i] == '(' && !escaped(expression, i) && closing(expression[i:]) == last-i {
			inner, ok := group(expression[i:])
			_, behind := looseEnds(inner)
			return ok && behind
		}
	}
	return word(expression[last])
}

// withoutFlags takes (?i) and its like away.
func withoutFlags(expression string) string {
	rest, ok := strings.CutPrefix(expression, "(?")
	if flags, behind, closed := strings.Cut(rest, ")"); ok && closed && strings.Trim(flags, "aiLmsux") == "" {
		return behind
	}
	return expression
}
