package claims

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// refused gives why jansson, the JSON library of both modules, does not read such
// claims (src/load.c), so that every request with them is answered 401.
func refused(v any) string {
	switch v := v.(type) {
	case json.Number:
		return refusedNumber(v)
	case string:
		if strings.ContainsRune(v, 0) {
			return `a string holds \u0000`
		}
	case List:
		for _, item := range v {
			if why := refused(item); why != "" {
				return why
			}
		}
	case Object:
		return refusedObject(v)
	}
	return ""
}

func refusedObject(o Object) string {
	for _, c := range o {
		if strings.ContainsRune(c.Name, 0) {
			return `a name holds \u0000`
		}
		if why := refused(c.Value); why != "" {
			return why + fmt.Sprintf(" (in %q)", clip(c.Name))
		}
	}
	return ""
}

func refusedNumber(n json.Number) string {
	if !strings.ContainsAny(n.String(), ".eE") {
		if _, err := n.Int64(); err != nil {
			return "an integer beyond 64 bits"
		}
		return ""
	}
	if _, err := strconv.ParseFloat(n.String(), 64); err != nil {
		return "a number too large for a double"
	}
	return ""
}
