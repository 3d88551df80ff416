package access

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func requireMisspelt() rule.Rule {
	return rule.Rule{
		Slug:     "require-misspelt",
		Severity: finding.Error,
		Title:    "Require asks a provider that does not exist",
		Why: "The first word behind Require is the name of an authorization provider of some module, and its case counts. httpd does not start with a name " +
			"that nobody has: `Unknown Authz provider`.",
		Mend:   "Write the provider as the module does: `claim`, `valid-user`, `all granted`, with mod_oauth2 `oauth2_claim`.",
		Source: "modules/aaa/mod_authz_core.c, add_authz_provider; src/mod_auth_openidc.c, oidc_register_hooks",
		Check: func(p *rule.Pass) {
			known := map[string]bool{}
			for _, name := range authzProviders() {
				known[name] = true
			}
			for _, t := range p.Trees {
				for _, c := range t.Commands("require") {
					if known[firstWord(c)] {
						continue
					}
					n, word := providerWord(c)
					if word == "" || known[word] {
						continue
					}
					if meant := meantProvider(word); meant != "" {
						p.On(c, finding.Finding{
							Message: fmt.Sprintf("Require knows no %q, %s was meant: httpd does not start", word, meant),
							Hint:    strings.Replace(written(c), word, meant, 1),
							Fix:     replaceWord(c, n, meant, "write the provider as the module does"),
						}, around(c)...)
					}
				}
			}
		},
	}
}

// firstWord gives the first word of a line, as long as it is written without quotes.
func firstWord(c *httpdconf.Command) string {
	word, _, _ := strings.Cut(c.RawArgs(), " ")
	return word
}

func providerWord(c *httpdconf.Command) (n int, word string) {
	if word = subject.Arg(c, 0); strings.EqualFold(word, "not") {
		return 1, subject.Arg(c, 1)
	}
	return 0, word
}

// authzProviders are those of httpd's own modules and of well-known others.
func authzProviders() []string {
	return []string{"claim", "valid-user", "all", "claims_expr", "oauth2_claim", "method", "expr", "env", "ip", "host", "forward-dns", "local", "user", "group",
		"file-owner", "file-group", "ssl", "ssl-verify-client", "dbm-group", "dbm-file-group", "dbd-group", "dbd-login", "dbd-logout",
		"ldap-user", "ldap-group", "ldap-dn", "ldap-attribute", "ldap-filter", "ldap-search", "unix-group", "shib-session", "shib-attr", "shib-user", "shib-plugin",
		"shibboleth", "cas-attribute", "pam-account", "sspi-user", "sspi-group", "geoip", "maxmind"}
}

// meantProvider gives the provider that a mistyped word stands for; "" where it
// resembles none, and may be of a module that is not known here.
func meantProvider(word string) string {
	if near := finding.Nearest(strings.ToLower(word), authzProviders()[:8]); near != "" {
		return near
	}
	switch strings.ToLower(word) {
	case "valid_user", "validuser":
		return "valid-user"
	}
	return ""
}
