package engine

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// projectNameLength is what the column name of project holds, in characters
// (keystone/resource/backends/sql_model.py).
const projectNameLength = 64

// projects is validate_shadow_mapping and create_projects_from_mapping, which
// since 2024.1 is handle_projects_from_mapping.
func (n *foretelling) projects() {
	for _, item := range n.mapped.Projects {
		project, _ := item.(Object)
		n.Projects = append(n.Projects, SoughtProject{Name: project.Text("name"), Domain: n.idpDomain(), Roles: rolesOf(project)})
	}
	n.lookUpRoles()
	if n.placesProjectsFirst() {
		n.eachProject(n.placeProject)
		n.eachProject(n.makeProject)
	} else {
		n.eachProject(func(p *SoughtProject, given Object) { n.placeProject(p, given); n.makeProject(p, given) })
	}
	n.leftOver()
}

// eachProject does a step for each project and what the mapping says of it.
func (n *foretelling) eachProject(step func(p *SoughtProject, given Object)) {
	for i, item := range n.mapped.Projects {
		given, _ := item.(Object)
		step(&n.Projects[i], given)
	}
}

func rolesOf(project Object) []string {
	names := []string{}
	given, _ := project.Get("roles")
	list, _ := given.([]any)
	for _, item := range list {
		role, _ := item.(Object)
		names = append(names, role.Text("name"))
	}
	return names
}

// lookUpRoles: all roles are checked before a project is made, yet after the user
// was stored.
func (n *foretelling) lookUpRoles() {
	var names []string
	for _, p := range n.Projects {
		for _, role := range p.Roles {
			if role == "" {
				n.fail("RoleNotFound", 404, "project %q has a role without a name", p.Name)
			} else if text := fmt.Sprintf("%q", role); !slices.Contains(names, text) {
				names = append(names, text)
			}
		}
	}
	if len(names) == 0 {
		return
	}
	whose := "the identity provider"
	if n.placesUsers() {
		whose = "the user"
	}
	n.step(Step{Does: "looks for the roles " + listing(names) + ", compared letter by letter", Otherwise: "one is missing: the user is stored, but no project is made and no role given", Status: 404})
	n.step(Step{Does: "checks that none of them belongs to a domain", Otherwise: "one belongs to another domain than " + whose, Status: 403})
}

// placeProject decides a project's domain, as placeUser does a user's.
func (n *foretelling) placeProject(p *SoughtProject, given Object) {
	if domain, has := given.Get("domain"); has && n.placesUsers() {
		p.Domain = n.chosenDomain(fmt.Sprintf("project %q", p.Name), domain)
	}
}

// makeProject finds a project, or makes it, and gives the roles.
func (n *foretelling) makeProject(p *SoughtProject, _ Object) {
	trimmed := strings.TrimSpace(p.Name)
	if length := utf8.RuneCountInString(trimmed); length > projectNameLength {
		n.fail("StringLengthExceeded", 400, "a project's name must not be longer than %d characters, %q has %d", projectNameLength, trimmed, length)
	}
	if trimmed != p.Name {
		n.note("project %q is made without the blanks around its name, and not found by this name again: the next login may end in 409", p.Name)
	}
	roles := make([]string, len(p.Roles))
	for i, role := range p.Roles {
		roles[i] = fmt.Sprintf("%q", role)
	}
	does := fmt.Sprintf("gives the user %s on project %q, which is made when it is missing", listing(roles), p.Name)
	if len(roles) == 0 {
		does = fmt.Sprintf("makes project %q when it is missing, and gives no role on it", p.Name)
	}
	n.step(Step{Does: does})
}

// leftOver tells what becomes of roles that the user has from elsewhere.
func (n *foretelling) leftOver() {
	switch {
	case n.followsProvider():
		n.step(Step{Does: "takes away every other role that the user has on any project, also those given by hand"})
	case len(n.Projects) > 0:
		n.note("roles on projects stay with the user when a later login does not bring them")
	}
}
