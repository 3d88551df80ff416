package claims

import (
	"strings"
	"sync"

	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

// reader looks at each site once for all rules of the topic. It may be used by several
// goroutines.
type reader struct {
	mu    sync.Mutex
	known map[*subject.Site]*view
}

func newReader() *reader { return &reader{known: map[*subject.Site]*view{}} }

// view is a site, with what its virtual hosts set and what its Keystone reads.
type view struct {
	*rule.Pass
	Forms []*form
	Reads []read
	// Whole says that the forms of all doors are known: what none of them sets is not
	// there.
	Whole bool
	spelling
}

// each makes a rule's check of one that looks at a site with doors of these modules.
func (r *reader) each(check func(v *view)) func(*rule.Pass) {
	return func(p *rule.Pass) {
		if v := r.view(p); len(v.Forms) > 0 {
			check(&view{p, v.Forms, v.Reads, v.Whole, v.spelling})
		}
	}
}

func (r *reader) view(p *rule.Pass) *view {
	r.mu.Lock()
	defer r.mu.Unlock()
	if v := r.known[p.Site]; v != nil {
		return v
	}
	v := &view{Pass: p, Whole: true}
	for _, t := range p.Trees {
		g := &gatherer{view: v, tree: t, by: map[look]*form{}, own: map[*subject.Vhost]look{}}
		g.inSections("oidcpassclaimsas")
		for _, d := range t.Doors() {
			g.door(d)
		}
	}
	v.Reads = readsOf(p.Site)
	v.judge()
	r.known[p.Site] = v
	return v
}

// judge finds out once of every name what is known of it.
func (v *view) judge() {
	v.spelling = newSpelling()
	by := map[string]*verdict{}
	for i := range v.Reads {
		x := &v.Reads[i]
		if by[x.Name] == nil {
			by[x.Name] = &verdict{Claim: v.bare(x.Name), Set: v.set(x.Name), Dropped: v.dropped(x.Name)}
		}
		x.verdict = by[x.Name]
	}
}

// gatherer puts doors of one look together.
type gatherer struct {
	*view
	tree  *subject.Tree
	by    map[look]*form
	own   map[*subject.Vhost]look // what virtual hosts say as a whole
	local bool                    // OIDCPassClaimsAs stands in sections
}

func (g *gatherer) inSections(key string) {
	for _, c := range g.tree.Commands(key) {
		g.local = g.local || c.Parent() != nil && c.Parent().Key() != "<virtualhost"
	}
}

func (g *gatherer) door(d *subject.Door) {
	if d.Kind == subject.Callback || !ours(d) {
		return
	}
	l, ok := g.look(d)
	if !ok {
		g.Whole = false
		return
	}
	f := g.by[l]
	if f == nil {
		f = &form{look: l, Door: d, Protocols: map[string]bool{}}
		g.by[l] = f
		g.Forms = append(g.Forms, f)
	}
	f.Protocols[d.Protocol] = true
	f.Doors = append(f.Doors, d)
}

// ours reports whether mod_auth_openidc or mod_oauth2 asks for a login at a door.
func ours(d *subject.Door) bool {
	switch d.AuthType() {
	case "openid-connect", "oauth20", "auth-openidc", "oauth2":
		return true
	}
	return false
}

// look gives how claims of a door come to Keystone; ok is false where only a running
// server can tell, or another virtual host asks again.
func (g *gatherer) look(d *subject.Door) (l look, ok bool) {
	l = g.ofVhost(d.Vhost)
	l.Browser, l.Tokens = d.Browser(), d.Bearer()
	if len(g.tree.Commands("proxypass"))+len(g.tree.Commands("proxypassmatch")) > 0 {
		inner, known := d.Inner()
		if inner != d && ours(inner) {
			return l, false // its own door is looked at
		}
		l.Proxied = inner != d || !known
	}
	if kind := d.AuthType(); kind == "oauth2" || kind == "auth-openidc" && len(g.tree.Commands("oauth2tokenverify")) > 0 && !d.Browser() {
		s := d.Setting("OAuth2TargetPass")
		l.oauth2Look(s.Value())
		l.PrefixAt, l.PassAt = lastOf(s.Commands), lastOf(s.Commands)
		return l, len(s.Undecided) == 0
	}
	if g.local {
		s := d.Setting("OIDCPassClaimsAs")
		l.pass(lastOf(s.Commands))
		return l, len(s.Undecided) == 0
	}
	return l, !strings.Contains(l.Prefix, "${")
}

// ofVhost reads mod_auth_openidc's directives of a virtual host.
func (g *gatherer) ofVhost(v *subject.Vhost) look {
	l, ok := g.own[v]
	if ok {
		return l
	}
	l = look{Vhost: v, Prefix: "OIDC_CLAIM_", PrefixAt: v.Command("oidcclaimprefix")}
	if l.PrefixAt != nil {
		l.Prefix = subject.Arg(l.PrefixAt, 0)
	}
	l.pass(v.Command("oidcpassclaimsas"))
	g.own[v] = l
	return l
}

// pass reads OIDCPassClaimsAs; nil is the module's default.
func (l *look) pass(c *httpdconf.Command) {
	l.PassAt, l.PassAs, l.Encoding = c, "both", ""
	if c != nil {
		l.PassAs, l.Encoding = subject.Arg(c, 0), subject.Arg(c, 1)
	}
}

func lastOf(commands []*httpdconf.Command) *httpdconf.Command {
	if len(commands) == 0 {
		return nil
	}
	return commands[len(commands)-1]
}
