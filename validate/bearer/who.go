package bearer

import (
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

// openidcDoors gives the doors at which mod_auth_openidc checks bearer tokens.
func openidcDoors(p *rule.Pass) []*subject.Door { return chosen(p.Doors(), byOpenIDC) }

// oauth2Doors gives the doors at which mod_oauth2 does.
func oauth2Doors(p *rule.Pass) []*subject.Door {
	var out []*subject.Door
	for _, t := range p.Trees {
		if usesOAuth2(t) {
			out = append(out, chosen(t.Doors(), byOAuth2)...)
		}
	}
	return out
}

func chosen(doors []*subject.Door, by func(*subject.Door) bool) []*subject.Door {
	var out []*subject.Door
	for _, d := range doors {
		if d.Kind != subject.Callback && by(d) {
			out = append(out, d)
		}
	}
	return out
}

// byOpenIDC reports whether mod_auth_openidc checks the bearer tokens of a door.
func byOpenIDC(d *subject.Door) bool {
	switch d.AuthType() {
	case "oauth20":
		return true
	case "auth-openidc":
		return !byOAuth2(d)
	}
	return false
}

// byOAuth2 reports whether mod_oauth2 does: where it is loaded it also takes those
// of `AuthType auth-openidc`, and leaves only requests without a token alone.
func byOAuth2(d *subject.Door) bool {
	switch d.AuthType() {
	case "oauth2":
		return true
	case "auth-openidc":
		return usesOAuth2(d.Vhost.Tree)
	}
	return false
}

// usesOAuth2 reports whether mod_oauth2 is loaded in a tree: by LoadModule, or, in
// a part of a configuration, as its directives show.
func usesOAuth2(t *subject.Tree) bool {
	if yes, _ := t.Loads("oauth2_module"); yes {
		return true
	}
	for _, key := range []string{"oauth2tokenverify", "oauth2targetpass", "oauth2accepttokenin", "oauth2cache"} {
		if t.Part && len(t.Commands(key)) > 0 {
			return true
		}
	}
	return len(t.Commands("oauth2tokenverify")) > 0
}

// openidcVhosts gives the virtual hosts with doors at which mod_auth_openidc checks
// bearer tokens, each with those doors.
func openidcVhosts(p *rule.Pass) []tokenHost {
	var out []tokenHost
	for _, v := range p.Vhosts() {
		if doors := chosen(v.Doors(), byOpenIDC); len(doors) > 0 {
			out = append(out, tokenHost{v, doors})
		}
	}
	return out
}

// tokenHost is a virtual host and its doors for bearer tokens.
type tokenHost struct {
	*subject.Vhost
	doors []*subject.Door
}

// about is what a finding about all of it is about.
func (h tokenHost) about() []any {
	out := []any{h.Vhost}
	for _, d := range h.doors {
		out = append(out, d)
	}
	return out
}

// authType gives the command that says how a door logs in.
func authType(d *subject.Door) *httpdconf.Command {
	if at := d.Setting("AuthType").Commands; len(at) > 0 {
		return at[len(at)-1]
	}
	return d.Section
}
