package access

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func satisfyAny() rule.Rule {
	return rule.Rule{
		Slug:     "satisfy-any",
		Severity: finding.Error,
		Title:    "Satisfy Any lets hosts in without a login",
		Why: "`Satisfy Any` (mod_access_compat, a leftover of httpd 2.2) makes either enough: that the caller's address is allowed, or that he logs in. " +
			"Where `Order`, `Allow` and `Deny` say nothing, every address is allowed. Keystone then gets requests without claims, or with made-up ones.",
		Mend:   "`Satisfy All`, which also holds where nothing is said; or no mod_access_compat at all.",
		Source: "modules/aaa/mod_access_compat.c, check_dir_access; server/request.c",
		Check: func(p *rule.Pass) {
			if !uses(p, "satisfy") {
				return
			}
			for _, d := range p.Doors() {
				set := d.Setting("Satisfy")
				who := allowed(d)
				if !strings.EqualFold(set.Value(), "any") || len(set.Undecided) > 0 || who == "" || judged(d) == nil || d.Require().Authz == nil {
					continue
				}
				c := set.Commands[len(set.Commands)-1]
				p.On(c, finding.Finding{
					Message: fmt.Sprintf("Satisfy Any: %s reaches the %s %s without a login", who, d.Kind, d.Path),
					Hint:    "Satisfy All",
					Fix:     replaceWord(c, 0, "All", "ask for the login in any case"),
				}, d, d.Section)
			}
		},
	}
}

// allowed says which hosts Order, Allow and Deny let in; "" for none.
func allowed(d *subject.Door) string {
	order := strings.ToLower(d.Setting("Order").Value())
	allow, deny := d.Setting("Allow").Commands, d.Setting("Deny").Commands
	switch {
	case names(allow, "all"), order != "allow,deny" && order != "mutual-failure" && !names(deny, "all"):
		return "everybody"
	case len(allow) > 0:
		return "whoever calls from " + strings.Join(allow[0].Argv()[1:], " ")
	}
	return ""
}

// names reports whether one of the commands is `Allow from WORD`.
func names(commands []*httpdconf.Command, word string) bool {
	for _, c := range commands {
		for _, w := range c.Argv() {
			if strings.EqualFold(w, word) {
				return true
			}
		}
	}
	return false
}
