package login

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func discoverURLIssuerMalformed(w *view) rule.Rule {
	return rule.Rule{
		Slug:     "discover-url-issuer-malformed",
		Severity: finding.Error,
		Title:    "OIDCDiscoverURL names no issuer",
		Why: "At the redirect URI the module takes `iss` as the issuer to log in at: the whole URL with its scheme, percent-encoded once. Without it the module believes that the issuer answers, " +
			"finds neither code nor state and ends in 400; an empty, twice encoded or shortened one is no issuer that any file has.",
		Mend:   "Write `?iss=` and the issuer, percent-encoded once: `https%3A%2F%2Fop1.example.org`.",
		Source: "mod_auth_openidc, src/mod_auth_openidc.c, oidc_handle_discovery_response",
		Check: func(p *rule.Pass) {
			for _, d := range w.discoveries(p) {
				what := d.malformed()
				if what == "" || !many(d.Vhost) || !d.ours() {
					continue
				}
				f := finding.Finding{Message: what, Hint: d.discoverLine("ISSUER")}
				if issuer := issuerOf(d.Door); issuer != "" {
					f.Hint = d.discoverLine(issuer)
				}
				if once := strings.ReplaceAll(subject.Arg(d.Command, 0), "%25", "%"); encodedTwice(d.Issuer) {
					f.Fix = subject.Write(d.Command, 0, once)
				}
				p.On(d.Command, f, d.Door)
			}
		},
	}
}

// malformed says why the address names no issuer; "" where it does.
func (d discovery) malformed() string {
	switch {
	case !d.Named && d.To.Query().Has("disc_user"):
		return ""
	case !d.Named:
		return "the redirect URI is called without iss: no login begins, the answer is 400"
	case d.Issuer == "":
		return "iss is empty: no login begins"
	case encodedTwice(d.Issuer):
		return fmt.Sprintf("the issuer is percent-encoded twice: the module looks for one that is called %s", d.Issuer)
	case !strings.Contains(d.Issuer, "://") && !d.bareName():
		return fmt.Sprintf("the issuer %s has no scheme: the module refuses it, since the issuer calls itself by a URL", d.Issuer)
	}
	return ""
}

// bareName reports whether the issuer calls itself so, without a scheme.
func (d discovery) bareName() bool {
	f := d.Folder()
	if f == nil || f.Err != nil {
		return false
	}
	e := f.Entry(d.Issuer, "provider")
	return e != nil && e.Doc != nil && e.Doc.Get("issuer").Text() == d.Issuer
}

func encodedTwice(issuer string) bool {
	return strings.Contains(strings.ToUpper(issuer), "%3A%2F%2F")
}
