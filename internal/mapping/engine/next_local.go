package engine

// localUser is BaseUserInfo: an existing user is looked for
// (keystone/auth/plugins/core.py). Groups were looked for all the same.
func (n *foretelling) localUser() {
	if len(n.mapped.GroupIDs)+len(n.mapped.GroupNames)+len(n.mapped.Projects) > 0 {
		n.note("groups and projects of the mapping do not count: a local user has those of Keystone")
	}
	n.Groups = []SoughtGroup{}
	user := n.mapped.User
	n.User = StoredUser{Type: "local", Name: user.Text("name"), ID: user.Text("id")}
	switch {
	case n.User.Name != "":
		n.User.NameFrom, n.User.ID = "name", ""
		n.localDomain(user)
	case n.User.ID == "":
		n.fail("ValidationError", 400, "a local user needs id or name; REMOTE_USER is not asked for")
	}
	n.step(Step{Does: "looks for the local user", Otherwise: "there is no such user, or user or domain are disabled", Status: 401})
	n.step(Step{Does: "issues a token as for a login with a password: scoped to the user's default project, when that can be"})
}

// localDomain is _lookup_domain: of id and name, the name counts.
func (n *foretelling) localDomain(user Object) {
	given, has := user.Get("domain")
	domain, ok := given.(Object)
	ref := DomainRef{ID: domain.Text("id"), Name: domain.Text("name"), From: "mapping"}
	switch {
	case !has:
		n.fail("ValidationError", 400, "a local user by name needs a domain")
	case !ok:
		n.fail("AttributeError", 500, "the local user has no domain: schema %s takes it from the last item of the last rule that holds", n.schema)
	case ref.Name != "":
		n.User.Domain = DomainRef{Name: ref.Name, From: "mapping"}
	case ref.ID == "":
		n.fail("ValidationError", 400, "the local user's domain has neither id nor name")
	default:
		n.User.Domain = ref
	}
}
