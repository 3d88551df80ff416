package metadata

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func issuersAllowedIncomplete(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "issuers-allowed-incomplete",
		Severity: finding.Error,
		Title:    "OIDCDiscoverIssuersAllowed leaves out an issuer of the metadata directory",
		Why: "The expressions are asked of every issuer that a login names, also of one whose files are in the directory. An issuer for which none holds is refused: " +
			"\"issuer value does not match the list of allowed\", although its `.provider` and `.client` are right.",
		Mend:   "Write an expression for each issuer, with `^` and `$` and the dots escaped.",
		Source: "mod_auth_openidc 2.4.20, src/handle/discovery.c",
		Check: r.eachFolder(func(p *rule.Pass, f *subject.Folder, all []*issuer) {
			for _, v := range f.Vhosts {
				commands := v.Commands("oidcdiscoverissuersallowed")
				allowed, ok := expressions(commands)
				if !ok || len(allowed) == 0 {
					continue
				}
				for _, i := range all {
					if i.URL != "" && i.Provider != nil && !anyMatches(allowed, i.name()) {
						p.On(commands[len(commands)-1], finding.Finding{
							Message: fmt.Sprintf("none of the expressions holds for %s, whose files are in %s: its users cannot log in", i.name(), f.Show),
							Hint:    issuerPattern(i.name()),
						}, v, i.about())
					}
				}
			}
		}),
	}
}

// issuerPattern is the directive that lets one issuer in.
func issuerPattern(issuer string) string {
	return `OIDCDiscoverIssuersAllowed "^` + strings.ReplaceAll(regexp.QuoteMeta(issuer), `\`, `\\`) + `$"`
}

// expressions gives those of commands; ok is false where one is not Go's.
func expressions(commands []*httpdconf.Command) (out []*regexp.Regexp, ok bool) {
	for _, c := range commands {
		for _, word := range c.Argv() {
			e, err := regexp.Compile(word)
			if err != nil {
				return nil, false
			}
			out = append(out, e)
		}
	}
	return out, true
}

func anyMatches(all []*regexp.Regexp, text string) bool {
	for _, e := range all {
		if e.MatchString(text) {
			return true
		}
	}
	return false
}
