package mapping

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/spec"
)

// mod_oauth2 hands lists on as JSON text, mod_auth_openidc joined with ";". One
// mapping serves bearer tokens by the first and browsers by the second, so that its
// rules must hold for both forms alike: conditions are expressions that know both, a
// filter becomes a rule for each value that it lets through, and what cannot be said
// so is refused.

// element is any element of a list but a list or an object; the dumper of jansson
// parts them with ", ", a compact one with ",".
const element = `(?:"(?:[^"\\]|\\.)*"|[^\[\]{}",]+)`

// nothing is JSON text that mod_auth_openidc hands on as nothing at all.
const nothing = `^null\Z`

// listed is an expression for a value, alone or in a list.
func listed(value string) string {
	return `^(?:` + alone(value) + `|\[(?:` + element + `, ?)*` + inList(value) + `(?:, ?` + element + `)*\])\Z`
}

// anywhere is an expression for a value, alone or anywhere in JSON text: what must not
// be there is looked for with less care for the form.
func anywhere(value string) string {
	return `^` + alone(value) + `\Z|[\[ ,]` + inList(value) + `(?:[\],}]|\Z)`
}

// alone is a value by itself; mod_auth_openidc writes booleans as digits, JSON text
// as words (claims.Module).
func alone(value string) string {
	if word, ok := boolean(value); ok {
		return `(?:` + value + `|` + word + `)`
	}
	return regexp.QuoteMeta(value)
}

// inList is a value as an element of JSON text.
func inList(value string) string {
	text := `"` + regexp.QuoteMeta(strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(value)) + `"`
	if word, ok := boolean(value); ok {
		return `(?:` + text + `|` + word + `)`
	}
	return text
}

func boolean(digit string) (word string, ok bool) {
	word, ok = map[string]string{"0": "false", "1": "true"}[digit]
	return word, ok
}

// inBothForms makes a condition hold for a list in either form.
func (c *compiler) inBothForms(cond spec.Condition) Remote {
	r := condition(cond, c.names)
	if _, variable := spec.Variable(cond.Claim.Value); variable || isText(cond.Claim.Value) {
		return r
	}
	switch cond.Op {
	case spec.AnyOf:
		r.AnyOneOf, r.Regex = eachOf(cond.Values, listed), true
	case spec.NoneOf:
		r.NotAnyOf, r.Regex = append(eachOf(cond.Values, anywhere), nothing), true
	default:
		c.refuse(cond.Claim, fmt.Sprintf("%s of %q looks into a claim that may be a list", cond.Op, cond.Claim.Value), "any_of, with each value")
	}
	c.refuseWords(cond)
	return r
}

// refuseWords: the word that JSON text writes for a boolean is another value than
// the digit that mod_auth_openidc writes.
func (c *compiler) refuseWords(cond spec.Condition) {
	for _, v := range cond.Values {
		if slices.Contains([]string{"true", "false", "null"}, v.Value) {
			c.refuse(v, fmt.Sprintf("the value %q may be a boolean, which browsers' logins bring as a digit", v.Value), `any_of: ["1"]`)
		}
	}
}

func (c *compiler) refuse(at spec.Text, what, hint string) {
	c.add("list-in-two-forms", at.At, what+": bearer tokens bring lists as JSON text (httpd.strategy: mod_oauth2), browsers with \";\" between the elements, and no rule can say this of both",
		hint+"; or httpd.strategy: gate")
}

func eachOf(values []spec.Text, expression func(string) string) []any {
	out := make([]any, 0, len(values))
	for _, v := range values {
		out = append(out, expression(v.Value))
	}
	return out
}

// isText reports whether OpenID Connect Core (sections 2 and 5.1) says of a claim
// that it is a string.
func isText(claim string) bool {
	return slices.Contains(strings.Fields(`iss sub azp nonce acr name given_name family_name middle_name nickname preferred_username
		profile picture website email gender birthdate zoneinfo locale phone_number`), claim)
}
