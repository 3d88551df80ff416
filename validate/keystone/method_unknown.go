package keystone

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func methodUnknown() rule.Rule {
	return rule.Rule{
		Slug:     "method-unknown",
		Severity: finding.Error,
		Title:    "[auth] methods names a method that Keystone does not bring",
		Why: "Keystone loads a plugin for each of its methods: the entry point `default` of `keystone.auth.METHOD`. Where no package brings one, Keystone does not start, or answers 500 to everything, also to services. " +
			"Keystone itself brings openid, saml2, mapped and x509 for federations. A protocol may therefore not be called oidc or keycloak, unless a package of yours has the entry point.",
		Mend:   "Name the protocol `openid` (objects, httpd's paths, the dashboard) and this method, too.",
		Source: "Keystone, keystone/auth/core.py, load_auth_method; its entry points keystone.auth.*",
		After:  []string{"list-with-quotes", "value-with-comment", "value-swallows-a-line"},
		Check: func(p *rule.Pass) {
			if p.Keystone == nil {
				return
			}
			names, at, set, ok := methods(p.Site)
			if !set || !ok {
				return
			}
			seen, hint := drivers(), "methods = "+strings.Join(meant(names), ",")
			for _, name := range names {
				if seen[name] != nil {
					continue
				}
				seen[name] = []string{}
				p.Report(finding.Finding{
					At:       line(at),
					Severity: certain(name),
					Message:  fmt.Sprintf("[auth] methods names %q, for which Keystone brings no plugin: it does not start, unless a package of yours has keystone.auth.%s", firstLine(name), firstLine(name)),
					Hint:     hint,
				}, option("methods"))
			}
		},
	}
}

// certain gives the severity of an unknown method: what nobody's package is called,
// and near misses, are errors.
func certain(name string) finding.Severity {
	switch strings.ToLower(name) {
	case "oidc", "keycloak", "oauth2", "saml", "websso", "openid-connect", "ldap", "":
		return finding.Error
	}
	if odd(name) || finding.Nearest(name, known()) != "" {
		return finding.Error
	}
	return finding.Warning
}

// meant gives the methods with what was most likely meant for those that Keystone does
// not have.
func meant(names []string) []string {
	has, seen := drivers(), map[string]bool{}
	var out []string
	for _, name := range names {
		name = strings.Trim(firstLine(name), "\"' ")
		if has[name] == nil {
			if near := finding.Nearest(name, known()); near != "" {
				name = near
			} else {
				name = "openid"
			}
		}
		if !seen[name] {
			seen[name] = true
			out = append(out, name)
		}
	}
	return out
}

// firstLine leaves out what an indented line has joined to a text.
func firstLine(text string) string {
	text, _, _ = strings.Cut(text, "\n")
	return text
}
