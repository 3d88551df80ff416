package apply

import (
	"encoding/json"
	"slices"
	"strings"
)

// show writes a value as JSON, on one line.
func show(value any) string {
	var out strings.Builder
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if list, isList := value.([]string); isList && list == nil {
		value = []string{} // Keystone's null and [] are the same
	}
	if err := enc.Encode(value); err != nil {
		return "?" // strings, numbers and lists of them always encode
	}
	return strings.TrimSpace(out.String())
}

// sameSet compares lists whose order does not matter.
func sameSet(a, b []string) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}

// words lists names for a sentence.
func words(names []string) string {
	if len(names) == 0 {
		return "none"
	}
	return strings.Join(names, ", ")
}
