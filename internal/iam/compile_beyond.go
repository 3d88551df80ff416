package iam

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/spec"
)

// beyond refuses what Keystone's mapping says and the service's cannot.
func (c *compiler) beyond() {
	for _, when := range c.rule.When {
		if when.Op == spec.Matches || when.Op == spec.MatchesNone {
			c.refuse(when.At, fmt.Sprintf("%s: the service compares whole values, not by expressions", when.Op), "any_of or none_of, with the values")
		}
	}
	for _, f := range c.rule.Filters {
		c.refuse(f.At, "the service has no filter of groups: it takes all that the claim lists, or groups that the rule names", "when: {groups: {any_of: […]}} and groups: [NAME] name them one by one")
	}
	for _, g := range c.rule.Projects {
		c.refuse(g.At, "the service's mapping gives no projects: a group's policies say where its members may work", "groups: [NAME]")
	}
	c.text(c.rule.GroupIDs, "group_ids", "groups are named by name")
	c.domain(c.rule.GroupsIn)
	for _, g := range c.rule.Groups {
		c.text(g.ID, "id of a group", "groups are named by name")
		c.domain(g.Domain)
	}
	c.beyondUser(c.rule.User)
}

func (c *compiler) beyondUser(u *spec.User) {
	if u == nil {
		return
	}
	if !u.Name.Given() {
		c.refuse(u.At, "user has no name, which is all that the service takes of it", `user: {name: "{preferred_username}"}`)
	}
	const nameAlone = "the service takes the user's name alone"
	c.text(u.ID, "user.id", nameAlone)
	c.text(u.Email, "user.email", nameAlone)
	c.text(u.Type, "user.type", nameAlone+"; whose users they are says the identity provider")
	c.domain(u.Domain)
}

func (c *compiler) text(t spec.Text, what, why string) {
	if t.Given() {
		c.refuse(t.At, what+" has no place in the service's mapping: "+why, "delete it")
	}
}

func (c *compiler) domain(d spec.Domain) {
	for _, t := range []spec.Text{d.Name, d.ID} {
		c.text(t, "domain", "all is in the account's own domain")
	}
}

// claim refuses variables: there is no httpd that would set one.
func (c *compiler) claim(t spec.Text, name string) {
	if _, variable := spec.Variable(name); variable {
		c.refuse(t.At, name+" is a variable of httpd's environment: the service knows the claims of the ID token alone", `"{preferred_username}"`)
	}
}

// plain holds fixed text to what a name may be made of (user guide, iam_08_0006:
// letters, digits, spaces and - _ .; a digit is not the first).
func (c *compiler) plain(t spec.Text, text string) {
	odd := strings.IndexFunc(text, func(r rune) bool {
		return !(r == ' ' || r == '-' || r == '_' || r == '.' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z')
	})
	switch {
	case odd >= 0:
		c.refuse(t.At, fmt.Sprintf("%s has %q: names at the service have letters, digits, spaces and - _ . alone", finding.Printable(t.Value), []rune(text[odd:])[0]), "")
	case text != "" && strings.HasPrefix(t.Value, text) && text[0] >= '0' && text[0] <= '9':
		c.refuse(t.At, finding.Printable(t.Value)+" begins with a digit, which no name at the service does", "")
	}
}
