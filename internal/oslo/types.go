package oslo

import "strings"

// AsBool reads a text as a BoolOpt does (oslo_config/types.py); ok is false for
// what it refuses. White space counts, as quotes may leave some.
func AsBool(text string) (value, ok bool) {
	switch strings.ToLower(text) {
	case "true", "1", "on", "yes":
		return true, true
	case "false", "0", "off", "no":
		return false, true
	default:
		return false, false
	}
}

// AsList reads a text as a ListOpt does: split at commas, white space around the
// items and commas at the end dropped, empty items and quotes kept.
func AsList(text string) []string {
	text = strings.TrimRight(strings.TrimFunc(text, isSpace), ",")
	if text == "" {
		return nil
	}
	items := strings.Split(text, ",")
	for i, item := range items {
		items[i] = strings.TrimFunc(item, isSpace)
	}
	return items
}
