package spec

import "fmt"

func (l *loader) user(u *User) {
	l.template(u.Name, "user.name")
	l.template(u.ID, "user.id")
	l.template(u.Email, "user.email")
	l.userDomain(u.Domain)
	if u.Local() {
		l.localUser(u)
		return
	}
	l.constantUser(u)
}

// userDomain: a domain may be made of claims, as certificates name it.
func (l *loader) userDomain(d Domain) {
	for _, t := range []Text{d.Name, d.ID} {
		l.template(t, "user.domain")
		if len(Claims(t.Value)) > 0 {
			l.warn("domain-of-claim", t.At, fmt.Sprintf("user.domain %s: the issuer chooses the domain, also one that is not its own", show(t.Value)), "domain: corp")
		} else {
			l.name(t, "domain", 64)
		}
	}
}

// localUser: Keystone finds the user by name and domain, or else by id, and takes
// nothing else of the mapping (keystone/auth/core.py, UserAuthInfo).
func (l *loader) localUser(u *User) {
	switch {
	case u.Name.Given() && !u.Domain.Given():
		l.fail("local-user", u.At, "a local user by name needs a domain: Keystone refuses the login", "domain: Default")
	case !u.Name.Given() && !u.ID.Given():
		l.fail("local-user", u.At, "a local user needs a name and a domain, or an id: Keystone refuses the login", `{name: "{preferred_username}", type: local, domain: Default}`)
	case u.Name.Given() && u.ID.Given():
		l.warn("local-user-part", u.ID.At, "of a local user with a name Keystone does not look at the id", "delete it")
	case u.ID.Given() && u.Domain.Given():
		l.warn("local-user-part", u.At, "of a local user with an id Keystone does not look at the domain", "delete it")
	}
	if u.Email.Given() {
		l.warn("local-user-part", u.Email.At, "of a local user Keystone does not look at the email", "delete it")
	}
	l.warn("local-user", u.Type.At, "whoever has this login becomes a user of Keystone's own, with all roles that user has: the issuer can name any of them", "leave the type out")
}

// localGifts: a local user has the groups and projects of Keystone.
func (l *loader) localGifts(r Rule) {
	if r.User != nil && r.User.Local() && (r.GroupsBy.Given() || r.GroupIDs.Given() || len(r.Groups)+len(r.Projects) > 0) {
		l.warn("local-user-gifts", r.At, "this rule names a local user, for whom Keystone passes over groups and projects of a mapping", "openstack role add, or leave the type out")
	}
}
