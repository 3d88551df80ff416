package labtest

import "regexp"

// Asked is the quickstart's text with issuers that are asked about tokens, by a
// client that does nothing else.
func Asked(text string) string {
	bearer := regexp.MustCompile(`(env: (\w+)_CLIENT_SECRET\}\}\n(?:    scopes: .*\n)?    bearer: \{)`)
	return bearer.ReplaceAllString(text, "${1}introspection: {client: {id: keystone-asks, secret: {env: ${2}_ASKS_SECRET}}}, ")
}
