package metadata

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func confValueUnknown(r *reader) rule.Rule {
	words := confWords()
	return rule.Rule{
		Slug:     "conf-value-unknown",
		Severity: finding.Warning,
		Title:    "a .conf file has a value that the module does not know",
		Why: "A directive with such a value keeps httpd from starting; a `.conf` file is read when a login begins. The module then logs a warning, passes the value over and does what the virtual host or the default says: " +
			"a PKCE method of another case is no PKCE at all. Words are compared with their case.",
		Mend:   "Choose one of the words.",
		Source: "mod_auth_openidc, src/metadata.c, oidc_metadata_conf_parse; src/parse.c",
		After:  []string{"conf-value-type"},
		Check: r.each(func(p *rule.Pass, i *issuer) {
			for _, key := range names(words) {
				at := member(i.Conf, key)
				value := at.Text()
				if value == "" || slices.ContainsFunc(words[key], func(w string) bool { return sameWords(w, strings.SplitN(value, ":", 2)[0]) }) {
					continue
				}
				f := finding.Finding{Message: fmt.Sprintf("%s has no value %q, expected one of %s", key, value, strings.Join(words[key], ", ")), Hint: fmt.Sprintf("%q: %q", key, words[key][0])}
				if near := nearest(value, words[key]); near != "" {
					f.Hint, f.Fix = fmt.Sprintf("%q: %q", key, near), written(at, quoted(near))
				}
				i.on(p, i.Conf, at, f)
			}
		}),
	}
}

// nearest gives the word that was most likely meant; "" for none.
func nearest(value string, words []string) string {
	for _, w := range words {
		if strings.EqualFold(w, value) {
			return w
		}
	}
	return finding.Nearest(value, words)
}
