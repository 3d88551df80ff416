package engine

import "fmt"

// Facts are what Keystone knows of a login besides the mapping. The zero value
// knows nothing.
type Facts struct {
	DomainID, DomainName string // the identity provider's domain; "" unknown
	RemoteUser           string // REMOTE_USER, as Keystone reads it; "" unset
	RemoteUserKnown      bool   // whether RemoteUser is what httpd sets
	IdP, Protocol        string // ids of the identity provider and its protocol; "" unknown
}

// Next is what Keystone does with what the mapping gave
// (keystone/auth/plugins/mapped.py, handle_unscoped_token). A Refusal is certain;
// what depends on the cloud stands in Steps, in Keystone's order.
type Next struct {
	User     StoredUser      `json:"user"`
	Groups   []SoughtGroup   `json:"groups"`   // those that the cloud has come into the token; each once
	Projects []SoughtProject `json:"projects"` // found or created, with the roles on them
	Error    *Refusal        `json:"error"`
	Steps    []Step          `json:"steps"`
	Notes    []string        `json:"notes"` // what is easily expected and does not happen
}

// StoredUser is the user as Keystone keeps it, or looks for it when it is local.
type StoredUser struct {
	Type     string    `json:"type"`                // ephemeral or local
	Name     string    `json:"name"`                // "" unknown, or none
	NameFrom string    `json:"name_from,omitempty"` // name, id or REMOTE_USER
	UniqueID string    `json:"unique_id,omitempty"` // url-quoted: what tells users of one identity provider and protocol apart
	Email    string    `json:"email,omitempty"`
	Domain   DomainRef `json:"domain"`
	// ID is the user's id in Keystone. An ephemeral user's is the SHA-256 of the
	// domain's id, "user" and the unique id (keystone/identity/id_generators/
	// sha256.py, the default generator). "" when one of them is unknown.
	ID string `json:"id,omitempty"`
}

// DomainRef names a domain as far as it is known.
type DomainRef struct {
	ID   string `json:"id,omitempty"`
	Name string `json:"name,omitempty"`
	From string `json:"from,omitempty"` // "identity provider" or "mapping"
}

// SoughtGroup is a group by id, or by name and domain.
type SoughtGroup struct {
	ID     string     `json:"id,omitempty"`
	Name   string     `json:"name,omitempty"`
	Domain *DomainRef `json:"domain,omitempty"`
}

// SoughtProject is a project and the names of the user's roles on it.
type SoughtProject struct {
	Name   string    `json:"name"`
	Domain DomainRef `json:"domain"`
	Roles  []string  `json:"roles"`
}

// Refusal ends the login whatever the cloud holds.
type Refusal struct {
	Class   string `json:"class"` // Python's name of the exception
	Status  int    `json:"status"`
	Message string `json:"message"`
}

// Step is something that Keystone does, and what happens when the cloud is not
// as the mapping expects it.
type Step struct {
	Does      string `json:"does"`
	Otherwise string `json:"otherwise,omitempty"`
	Status    int    `json:"status,omitempty"` // the answer then; 0 when the login goes on
}

// Next says what Keystone does with a result of Process. Every statement is true
// for the release and schema of the processor.
func (p *Processor) Next(m *Mapped, f Facts) Next {
	n := &foretelling{rules: p.rules, facts: f, mapped: m}
	n.Groups, n.Projects, n.Steps, n.Notes = []SoughtGroup{}, []SoughtProject{}, []Step{}, []string{}
	n.groupIDs()
	n.groupNames()
	if m.User.Text("type") == "local" {
		n.localUser()
	} else {
		n.ephemeralUser()
	}
	return n.Next
}

// foretelling is a Next in the making.
type foretelling struct {
	rules
	facts  Facts
	mapped *Mapped
	Next
}

// fail notes what ends the login; the first counts.
func (n *foretelling) fail(class string, status int, format string, args ...any) {
	if n.Error == nil {
		n.Error = &Refusal{class, status, fmt.Sprintf(format, args...)}
	}
}

func (n *foretelling) step(s Step) { n.Steps = append(n.Steps, s) }

func (n *foretelling) note(format string, args ...any) {
	n.Notes = append(n.Notes, fmt.Sprintf(format, args...))
}

// idpDomain is the domain that a user and projects have unless the mapping says
// otherwise.
func (n *foretelling) idpDomain() DomainRef {
	return DomainRef{ID: n.facts.DomainID, Name: n.facts.DomainName, From: "identity provider"}
}

// placesUsers: since 2024.1 the mapping may choose an ephemeral user's and a
// project's domain, whatever its schema (validate_and_prepare_federated_user,
// configure_project_domain).
func (r rules) placesUsers() bool { return r.release.Number >= 25 }

// endsMemberships: since 2026.1 (and 28.0.1) a login ends the memberships of
// former ones (cleanup_stale_group_memberships).
func (r rules) endsMemberships() bool { return r.release.Number >= 29 }

// placesProjectsFirst: since 2026.1 the domains of all projects are found before
// any project is made (configure_federated_projects).
func (r rules) placesProjectsFirst() bool { return r.release.Number >= 29 }

// followsProvider: schema 3.0 takes away what the mapping does not give
// (should_sync_project_assignment_with_idp).
func (r rules) followsProvider() bool { return r.schema == "3.0" }
