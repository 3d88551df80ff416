package apply

import (
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/spec"
)

// untouchable tells of an identity provider of the same id that somebody else
// made. It stays as it is unless the caller said that it is to be taken over;
// then the plan shows every difference, the mark too.
func (p *planner) untouchable(idp spec.IdentityProvider) bool {
	now, exists := p.providers[idp.ID.Value]
	if !exists || p.ours(now.Description) || p.opts.Adopt {
		return false
	}
	p.find("not-ours", finding.Error, idp.ID.At,
		"see what would change with `fedstone apply --plan --adopt`, and take it over with --adopt; or choose another id",
		"Keystone has an identity provider %q that %s: it stays as it is", idp.ID, maker(now.Description))
	return true
}

// foreignMapping tells of a mapping that is in the way of an identity provider
// which is not there yet: nothing says whose it is.
func (p *planner) foreignMapping(idp spec.IdentityProvider) {
	if _, exists := p.providers[idp.ID.Value]; exists || p.opts.Adopt {
		return
	}
	p.find("not-ours", finding.Error, idp.ID.At,
		"see what would change with `fedstone apply --plan --adopt`, and take it over with --adopt; or choose another id",
		"Keystone has a mapping %q with other rules, and no identity provider %q whose it would be: it stays as it is", idp.ID, idp.ID)
}

// claim is the mark in the place of one without a name, which an earlier run left.
func (p *planner) claim(description string) (string, bool) {
	if p.owner == "" || markOf(description) != (mark{made: true}) {
		return description, false
	}
	return description[:len(description)-len(ending(description))] + sign("", p.owner) + closing(description), true
}

// ending is the mark without a name, with its closing bracket.
func ending(description string) string { return madeBy + closing(description) }

func closing(description string) string {
	if description != "" && description[len(description)-1] == ')' {
		return ")"
	}
	return ""
}

// sameMaker says whether an identity provider that appeared while a plan was
// carried out was made for the same description.
func sameMaker(now, wanted keystone.IdentityProvider) bool {
	return markOf(now.Description) == markOf(wanted.Description)
}
