package mapping

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
)

// claim gives the claim that a type most likely holds, in lower case and with `_`:
// preferred_username of OIDC-preferred_username and HTTP_OIDC_PREFERRED_USERNAME.
// Other types are given as they are.
func claim(name string) string {
	for _, prefix := range []string{"HTTP_OIDC_CLAIM_", "HTTP_OIDC_", "OIDC_CLAIM_", "OIDC-", "MELLON_"} {
		if rest, ok := strings.CutPrefix(name, prefix); ok {
			return strings.ReplaceAll(strings.ToLower(rest), "-", "_")
		}
	}
	return name
}

// listed reports whether a type usually has several values.
func listed(name string) bool {
	switch c := claim(name); c {
	case "groups", "group", "roles", "role", "entitlements", "entitlement", "memberof", "ismemberof", "teams", "amr", "wlcg.groups":
		return true
	default:
		return strings.HasPrefix(c, "eduperson_") && (strings.HasSuffix(c, "entitlement") || strings.HasSuffix(c, "affiliation"))
	}
}

// single reports whether a type has one value: claims of OpenID Connect Core 5.1
// and of access tokens that are no list, and what httpd's modules set.
func single(name string) bool {
	return slices.Contains([]string{
		"iss", "sub", "azp", "client_id", "appid", "oid", "tid", "email", "email_verified", "preferred_username", "upn", "unique_name",
		"name", "given_name", "family_name", "nickname", "REMOTE_USER", "Shib-Identity-Provider", "idp",
	}, claim(name))
}

// person reports whether a type tells one person, or one client, from all others.
func person(name string) bool {
	return slices.Contains([]string{"sub", "oid", "azp", "client_id", "appid", "email", "preferred_username", "upn", "unique_name", "REMOTE_USER"}, claim(name))
}

// typeOf is the text of a requirement's type.
func (q *requirement) typeOf() string { return q.name.Text() }

// values gives the texts of a requirement's list.
func (q *requirement) values() []*engine.Node {
	var out []*engine.Node
	for _, n := range q.list.Items() {
		if _, ok := n.Value.(string); ok {
			out = append(out, n)
		}
	}
	return out
}

// quoted writes a text as JSON does.
func quoted(text string) string {
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(text); err != nil {
		return fmt.Sprintf("%q", text)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// written writes a value as JSON, in one line.
func written(n *engine.Node) string {
	switch v := n.Value.(type) {
	case string:
		return quoted(v)
	case []engine.Member:
		var parts []string
		for _, m := range v {
			parts = append(parts, quoted(m.Key)+": "+written(m.Value))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case []*engine.Node:
		var parts []string
		for _, item := range v {
			parts = append(parts, written(item))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case nil:
		return "null"
	default:
		return fmt.Sprint(v)
	}
}

// rewrite is a fix that gives a string another text.
func rewrite(title string, n *engine.Node, text string) *finding.Fix {
	return &finding.Fix{Title: title, Edits: []finding.Edit{{At: n.At, Text: quoted(text)}}}
}
