package engine

import (
	"fmt"
	"strconv"
	"strings"
)

// article names a kind of value in a sentence.
func article(kind string) string {
	return map[string]string{
		"object": "an object", "array": "a list", "string": "a string", "boolean": "true or false", "number": "a number", "null": "null",
	}[kind]
}

func kindAndValue(n *Node) string {
	switch kindOf(n) {
	case "null":
		return "null"
	case "boolean":
		return shownNode(n)
	}
	return fmt.Sprintf("%s (%s)", article(kindOf(n)), shownNode(n))
}

// mend gives a line that takes the place of a value of the wrong kind: the value
// in the form that is wanted, or else an example.
func mend(at path, n *Node, wanted string) string {
	key := last(at)
	text, isText := n.Value.(string)
	if _, isItem := at.step.(int); isItem {
		return itemExample(key)
	}
	switch {
	case wanted == "string" && (kindOf(n) == "number" || kindOf(n) == "boolean"):
		return fmt.Sprintf("%q: %q", key, shownNode(n))
	case wanted == "array" && isText:
		return fmt.Sprintf("%q: [%s]", key, shownNode(n))
	case wanted == "boolean" && isText:
		if b, err := strconv.ParseBool(text); err == nil {
			return fmt.Sprintf("%q: %t", key, b)
		}
	}
	return example(key)
}

// itemExample gives one item of the list that example gives.
func itemExample(key string) string {
	_, items, _ := strings.Cut(example(key), ": [")
	return strings.TrimSuffix(items, "]")
}

// example gives a line to paste for a key; "" for a key that is none of Keystone's.
func example(key string) string {
	return map[string]string{
		"rules":           `"rules": [{"local": [{"user": {"name": "{0}"}}], "remote": [{"type": "OIDC-preferred_username"}]}]`,
		"schema_version":  `"schema_version": "1.0"`,
		"local":           `"local": [{"user": {"name": "{0}"}}]`,
		"remote":          `"remote": [{"type": "OIDC-preferred_username"}]`,
		"user":            `"user": {"name": "{0}"}`,
		"id":              `"id": "{0}"`,
		"name":            `"name": "{0}"`,
		"email":           `"email": "{0}"`,
		"domain":          `"domain": {"name": "Default"}`,
		"type":            `"type": "OIDC-preferred_username"`,
		"group":           `"group": {"name": "users", "domain": {"name": "Default"}}`,
		"groups":          `"groups": "{0}"`,
		"group_ids":       `"group_ids": "{0}"`,
		"projects":        `"projects": [{"name": "demo", "roles": [{"name": "member"}]}]`,
		"projects_json":   `"projects_json": "{0}"`,
		"roles":           `"roles": [{"name": "member"}]`,
		string(AnyOneOf):  `"any_one_of": ["admins"]`,
		string(NotAnyOf):  `"not_any_of": ["guests"]`,
		string(Whitelist): `"whitelist": ["users", "readers"]`,
		string(Blacklist): `"blacklist": ["guests"]`,
		"regex":           `"regex": true`,
	}[key]
}
