package login

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func redirectURIPattern(w *view) rule.Rule {
	return rule.Rule{
		Slug:     "redirect-uri-pattern",
		Severity: finding.Info,
		Title:    "the redirect URI's section holds for other paths, too",
		Why: "An expression without `^` is found anywhere in a path: `<Location ~ \"/redirect_uri\">` also takes `/v3/users/redirect_uri` for a login, and wins there over every section before it. " +
			"The redirect URI is one path, for which a plain Location is enough.",
		Mend:   "`<Location PATH>` with the path of OIDCRedirectURI.",
		Source: "httpd, server/request.c, ap_location_walk; mod_auth_openidc, oidc_util_request_matches_url (the path is compared as a whole)",
		Check: func(p *rule.Pass) {
			for _, v := range w.parties(p) {
				kind := v.Context(v.path()).Setting("AuthType").Commands
				if len(kind) == 0 || !isBrowser(kind[0].RawArgs()) {
					continue
				}
				if section := kind[0].Parent(); loose(section) && !keystonePath.MatchString(v.path()) && !opens(v.Vhost, section) {
					p.On(section, finding.Finding{
						Message: fmt.Sprintf("<%s %s> holds wherever that is inside of a path, not for the redirect URI %s alone", section.Name, section.RawArgs(), v.path()),
						Hint:    "<Location " + v.path() + ">",
						Fix:     plainSection(section, v.path()),
					}, v.Vhost)
				}
			}
		},
	}
}

// opens reports whether a section is also that of a path of Keystone's federation,
// which would stand open if the section held for the redirect URI alone.
func opens(v *subject.Vhost, section *httpdconf.Command) bool {
	return slices.ContainsFunc(v.Doors(), func(d *subject.Door) bool {
		if d.Kind == subject.Callback {
			return false
		}
		set := d.Setting("AuthType").Commands
		return d.Section == section || len(set) > 0 && set[len(set)-1].Parent() == section
	})
}

// loose reports whether a section is chosen by an expression that is found anywhere.
func loose(section *httpdconf.Command) bool {
	words := []string{}
	if section != nil {
		words = section.Argv()
	}
	switch {
	case len(words) > 1 && section.Key() == "<location" && words[0] == "~":
		return !anchored(words[1])
	case len(words) == 1 && section.Key() == "<locationmatch":
		return !anchored(words[0])
	}
	return false
}

// plainSection is a fix that names the path in place of an expression; nil for
// LocationMatch, whose name would have to change at its end, too.
func plainSection(section *httpdconf.Command, path string) *finding.Fix {
	if section.Key() != "<location" || len(section.Words()) != 2 || strings.ContainsAny(path, " \"*?[") {
		return nil
	}
	return subject.Reword("name the path "+path, section, 0, 2, path)
}
