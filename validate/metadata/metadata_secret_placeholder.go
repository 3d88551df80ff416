package metadata

import (
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func metadataSecretPlaceholder(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "metadata-secret-placeholder",
		Severity: finding.Warning,
		Title:    "a .client file has a placeholder where the id or the secret belongs",
		Why: "The value stands for another one in documents and templates. Either it was never replaced, and the issuer answers `invalid_client` to every login; " +
			"or the client really has this secret, and whoever guesses it can act as Keystone at the issuer.",
		Mend:   "Write the value that the issuer gave.",
		Source: "RFC 6749, section 2.3.1; RFC 6819, section 4.1.1",
		Check: r.each(func(p *rule.Pass, i *issuer) {
			for _, key := range []string{"client_id", "client_secret"} {
				value := textOf(i.Client, key)
				if !placeholder(value) && (key != "client_secret" || !wellKnown(value)) {
					continue
				}
				i.on(p, i.Client, member(i.Client, key), finding.Finding{
					Message: key + " is a placeholder or an example's value, expected what " + i.name() + " gave to this client",
					Hint:    `"` + key + `": "…"`,
				})
			}
		}),
	}
}

// placeholder reports whether a text stands for another one.
func placeholder(value string) bool {
	lower := strings.ToLower(strings.TrimSpace(value))
	framed := len(lower) > 2 && (lower[0] == '<' && strings.HasSuffix(lower, ">") || strings.Contains(lower, "{{") && strings.Contains(lower, "}}") || strings.HasPrefix(lower, "%(") || strings.HasPrefix(lower, "${"))
	for _, word := range []string{"changeme", "change_me", "change-me", "change this", "replaceme", "replace_me", "replace-me", "your_", "your-", "your client", "fixme", "todo"} {
		framed = framed || strings.HasPrefix(lower, word)
	}
	return framed || len(lower) > 2 && strings.Trim(lower, "x") == ""
}

// wellKnown reports whether a secret is one that documents and tools give.
func wellKnown(secret string) bool {
	return slices.Contains([]string{
		"secret", "password", "passw0rd", "mysecret", "my-secret", "client_secret", "clientsecret", "client-secret", "openidc", "oidc", "keystone",
		"openstack", "test", "testing", "example", "foo", "foobar", "admin", "default", "12345", "123456", "topsecret", "supersecret", "s3cr3t", "some_secret",
	}, strings.ToLower(strings.TrimSpace(secret)))
}
