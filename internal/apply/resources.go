package apply

import (
	"context"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/spec"
)

// phases says when the resources of a kind are made.
func (k Kind) phase() phase {
	return map[Kind]phase{Domain: makeDomains, Project: makeProjects, Group: makeGroups}[k]
}

// resource plans a domain, project or group: one of that name is used as it is.
func (p *planner) resource(ctx context.Context, r ref, named spec.Text) error {
	if _, known := p.ids.look(r); known {
		return nil
	}
	found, err := p.lookUp(ctx, r)
	if err != nil {
		return err
	}
	p.ids.set(r, "")
	change := Change{Kind: r.Kind, Object: r.String(), Action: Create, phase: r.Kind.phase(), do: p.creator(r)}
	for _, one := range found {
		p.judge(r, one, named)
		if one.Name == r.Name {
			p.ids.set(r, one.ID)
			change.Action, change.do = None, nil
			p.claimed(&change, r, one)
		}
	}
	p.add(change)
	return nil
}

// claimed makes the change an update where an earlier run left a mark without a
// name, which now has one.
func (p *planner) claimed(change *Change, r ref, one Resource) {
	text, changes := p.claim(one.Description)
	if !changes {
		return
	}
	change.Action, change.Fields = Update, []Field{{"description", show(one.Description), show(text)}}
	change.do = func(ctx context.Context) error { return p.api.Describe(ctx, r.Kind, one.ID, text) }
}

// lookUp asks Keystone; in a domain that will only be made there is nothing yet.
func (p *planner) lookUp(ctx context.Context, r ref) ([]Resource, error) {
	domainID := p.domainID(r)
	if r.Kind != Domain && domainID == "" {
		return nil, nil
	}
	return p.read.Find(ctx, r.Kind, domainID, r.Name)
}

// domainID is the id of the domain that r lies in; "" for domains, and for what
// is not made yet.
func (p *planner) domainID(r ref) string {
	if r.Kind == Domain {
		return ""
	}
	return p.ids.of(ref{Domain, "", r.Domain})
}

// judge tells about what was found by name.
func (p *planner) judge(r ref, one Resource, named spec.Text) {
	switch {
	case one.Name != r.Name && strings.EqualFold(one.Name, r.Name):
		p.find("name-differs-by-case", finding.Error, named.At, "write "+one.Name,
			"Keystone has a %s %q, but %q is asked for: its database takes them for the same name, its mapping rules do not", r.Kind, one.Name, r.Name)
	case one.Name == r.Name && !one.Enabled:
		p.find("disabled-in-keystone", finding.Warning, named.At, "openstack "+string(r.Kind)+" set --enable "+one.ID,
			"%s %q exists and is disabled: nobody gets a token for it; it is left so, since somebody may have had a reason", r.Kind, r)
	case one.Name == r.Name && p.opts.Prune && !p.ours(one.Description):
		p.find("not-ours", finding.Info, named.At, "", "%s %q %s: it is used as it is, and never deleted", r.Kind, r, maker(one.Description))
	}
}

// creator makes the resource. A conflict means that somebody was faster: theirs
// is used then, as it would have been had the plan seen it.
func (p *planner) creator(r ref) func(context.Context) error {
	return func(ctx context.Context) error {
		made, err := p.api.Create(ctx, r.Kind, p.domainID(r), r.Name, sign("", p.owner))
		if keystone.IsConflict(err) {
			made, err = p.adopt(ctx, r, err)
		}
		if err == nil {
			p.ids.set(r, made)
		}
		return err
	}
}

func (p *planner) adopt(ctx context.Context, r ref, conflict error) (string, error) {
	found, err := p.api.Find(ctx, r.Kind, p.domainID(r), r.Name)
	if err != nil {
		return "", err
	}
	for _, one := range found {
		if one.Name == r.Name {
			return one.ID, nil
		}
	}
	return "", conflict
}
