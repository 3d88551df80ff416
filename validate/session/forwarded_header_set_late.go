package session

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/internal/httpdconf/effective"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func forwardedHeaderSetLate() rule.Rule {
	return rule.Rule{
		Slug:     "forwarded-header-set-late",
		Severity: finding.Warning,
		Title:    "a header is set when the module has already looked at it",
		Why: "`RequestHeader` without `early` is worked off just before the request is handed on, behind authentication. mod_auth_openidc has then looked for the header, not found it, and taken the request for http: " +
			"every login ends in 500, the scheme of the redirect URI does not match.",
		Mend:   "Write `early` behind it, outside of any <Location>; or say the public address in `ServerName https://HOST:PORT`, which needs no header.",
		Source: "httpd, modules/metadata/mod_headers.c, ap_headers_fixup and ap_headers_early; mod_auth_openidc, src/util.c, oidc_get_current_url_scheme",
		Check: func(p *rule.Pass) {
			for _, t := range p.Trees {
				if len(t.Commands("oidcxforwardedheaders")) == 0 {
					continue
				}
				for _, c := range t.Commands("requestheader") {
					words := c.Argv()
					if !sets(words) || effective.Early(c) {
						continue
					}
					v, name := t.VhostOf(c), words[1]
					if !believes(v, name) || v.Secure() {
						continue
					}
					p.On(c, finding.Finding{
						Message: fmt.Sprintf("%s is set after mod_auth_openidc has looked for it: the module takes requests for what httpd sees, without this header", name),
						Hint:    fmt.Sprintf("# outside of any <Location>\nRequestHeader set %s %s early", name, quoted(words[2])),
						Fix:     earlier(c),
					}, v)
				}
			}
		},
	}
}

// sets reports whether a RequestHeader gives a header a value.
func sets(words []string) bool {
	if len(words) != 3 {
		return false
	}
	switch strings.ToLower(words[0]) {
	case "set", "setifempty", "add", "append", "merge":
		return strings.HasPrefix(strings.ToLower(words[1]), "x-forwarded-")
	}
	return false
}

// believes reports whether the module looks at a header there.
func believes(v *subject.Vhost, name string) bool {
	if !v.RelyingParty() {
		return false
	}
	for _, c := range v.Commands("oidcxforwardedheaders") {
		for _, w := range c.Argv() {
			if strings.EqualFold(w, name) {
				return true
			}
		}
	}
	return false
}

// earlier adds early where httpd takes it: outside of sections for paths.
func earlier(c *httpdconf.Command) *finding.Fix {
	if p := c.Parent(); p != nil && p.Key() != "<virtualhost" {
		return nil
	}
	return subject.Append("add "+"early", c, "early")
}

func quoted(value string) string {
	if q, err := httpdconf.Quote(value); err == nil {
		return q
	}
	return value
}
