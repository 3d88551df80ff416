package engine

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// columnLength is what the columns unique_id and display_name of federated_user
// hold, in characters (keystone/identity/backends/sql_model.py).
const columnLength = 255

const theUser = "the user"

// ephemeralUser follows get_user_unique_id_and_display_name, which since 2024.1
// is validate_and_prepare_federated_user, and shadow_federated_user.
func (n *foretelling) ephemeralUser() {
	n.User.Type = "ephemeral"
	n.nameUser()
	n.placeUser()
	n.User.Email = n.mapped.User.Text("email")
	if n.User.UniqueID != "" && n.User.Domain.ID != "" {
		n.User.ID = PublicID(n.User.Domain.ID, n.User.UniqueID)
	}
	n.storeUser()
	n.memberships()
	n.projects()
	n.step(Step{Does: "issues an unscoped token" + n.withGroups()})
}

// nameUser gives the user a name and a unique id, each in want of the other.
func (n *foretelling) nameUser() {
	id, name := n.mapped.User.Text("id"), n.mapped.User.Text("name")
	from := "name"
	if name == "" {
		name, from = n.facts.RemoteUser, "REMOTE_USER"
		n.remoteUser(id)
	}
	if name == "" && n.remoteUserIsUnset() {
		name, from = id, "id"
	}
	if id == "" {
		id = name
	}
	if strings.ToLower(id) != id {
		n.note("the database compares unique ids: MySQL and MariaDB pass over upper and lower case, so that people of the identity provider whose ids differ in nothing else are one user")
	}
	if name != "" {
		n.User.Name, n.User.NameFrom = name, from
	}
	n.User.UniqueID = quote(id)
}

func (n *foretelling) remoteUserIsUnset() bool {
	return n.facts.RemoteUserKnown && n.facts.RemoteUser == ""
}

// remoteUser says what comes of a mapping that gives no name.
func (n *foretelling) remoteUser(id string) {
	switch {
	case n.remoteUserIsUnset() && id == "":
		n.fail("Unauthorized", 401, "the mapping gives the user neither name nor id, and REMOTE_USER is not set")
	case n.remoteUserIsUnset():
	case id == "":
		n.step(Step{Does: "takes REMOTE_USER for the user's name and id, since the mapping gives neither", Otherwise: "REMOTE_USER is not set", Status: 401})
		n.note("REMOTE_USER may differ between a bearer token (OIDCOAuthRemoteUserClaim, sub by default) and the browser (OIDCRemoteUserClaim, sub@issuer by default): one person would be two users")
	default:
		n.step(Step{Does: "takes REMOTE_USER for the user's name, since the mapping gives an id only", Otherwise: "REMOTE_USER is not set: the id is the name, too"})
	}
}

// placeUser decides the user's domain: until 2023.2 the identity provider's,
// then the mapping's when it has one.
func (n *foretelling) placeUser() {
	n.User.Domain = n.idpDomain()
	given, has := n.mapped.User.Get("domain")
	switch {
	case !has:
	case !n.placesUsers():
		n.note("the user's domain in the mapping is passed over: in %s an ephemeral user lives in the identity provider's domain", n.release.Name)
	default:
		n.User.Domain = n.chosenDomain(theUser, given)
		if n.User.Domain.From != "" {
			n.note("a user who has logged in before keeps the domain and the id of the first login")
		}
	}
}

// chosenDomain is `if 'id' not in domain: … domain['name']`: the zero value when
// that raises.
func (n *foretelling) chosenDomain(whose string, given any) DomainRef {
	domain, ok := given.(Object)
	if !ok {
		n.fail("TypeError", 400, "%s has no domain: schema %s takes it from the domain beside it in local, and for the user from the last item of the last rule that holds", whose, n.schema)
		return DomainRef{}
	}
	id, hasID := domain.Get("id")
	name, hasName := domain.Get("name")
	switch {
	case hasID:
		n.step(Step{Does: fmt.Sprintf("takes %q for the id of %s's domain", literally(id), whose), Otherwise: unknownDomain(whose), Status: 404})
		return DomainRef{ID: literally(id), From: "mapping"}
	case !hasName:
		n.fail("KeyError", 500, "%s has a domain with neither id nor name", whose)
		return DomainRef{}
	}
	ref := DomainRef{Name: literally(name), From: "mapping"}
	if ref.Name == n.facts.DomainName {
		ref.ID = n.facts.DomainID
	}
	n.findDomain(ref.Name)
	return ref
}

// unknownDomain says how late a domain is missed that was given by its id: by
// the token that is to be issued, or by the project that is to be made.
func unknownDomain(whose string) string {
	if whose == theUser {
		return "there is no such domain, which is noticed when the user is stored and the token shall be issued"
	}
	return "there is no such domain, which is noticed when the user is stored and the project shall be made"
}

func (n *foretelling) findDomain(name string) {
	s := Step{Does: fmt.Sprintf("looks for a domain named %q", name), Otherwise: "there is no such domain", Status: 404}
	for _, known := range n.Steps {
		if known == s {
			return
		}
	}
	n.step(s)
}

// storeUser is shadow_federated_user: the user is found by identity provider,
// protocol and unique id, or made.
func (n *foretelling) storeUser() {
	u := n.User
	if len(u.UniqueID) > columnLength || utf8.RuneCountInString(u.Name) > columnLength {
		n.fail("StringLengthExceeded", 400, "the user's name and url-quoted id must not be longer than %d characters, they have %d and %d", columnLength, utf8.RuneCountInString(u.Name), len(u.UniqueID))
	}
	if n.unnamed() {
		return
	}
	n.step(Step{
		Does:      "stores the user, or renames the one of this unique id who has logged in before" + n.at(),
		Otherwise: "another identity provider or protocol has brought a user of the same unique id into the same domain", Status: 409,
	})
	if u.Email != "" {
		n.step(Step{Does: fmt.Sprintf("sets the user's email to %q", u.Email)})
	}
}

// unnamed reports a login that ends for want of a name.
func (n *foretelling) unnamed() bool { return n.Error != nil && n.Error.Status == 401 }

// at names identity provider and protocol, as far as they are known.
func (n *foretelling) at() string {
	if n.facts.IdP == "" {
		return ""
	}
	return fmt.Sprintf(" through identity provider %q and protocol %q", n.facts.IdP, n.facts.Protocol)
}
