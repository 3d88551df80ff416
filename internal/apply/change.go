package apply

import (
	"cmp"
	"context"
	"slices"
)

// Kind is what sort of thing a change is about.
type Kind string

// The kinds, as reports name them.
const (
	Domain           Kind = "domain"
	Project          Kind = "project"
	Group            Kind = "group"
	RoleAssignment   Kind = "role assignment"
	Mapping          Kind = "mapping"
	IdentityProvider Kind = "identity provider"
	Protocol         Kind = "protocol"

	ApplicationCredential Kind = "application credential"
)

// Action is what happens to it.
type Action string

// The actions, as reports name them.
const (
	Create Action = "create"
	Update Action = "update"
	Delete Action = "delete"
	None   Action = "none"
)

// Field is one value that changes. Old is empty where the thing is new.
type Field struct {
	Name string `json:"name"`
	Old  string `json:"old,omitempty"`
	New  string `json:"new"`
}

// Change is one step from what Keystone has to what federation.yaml describes.
type Change struct {
	Kind   Kind    `json:"kind"`
	Object string  `json:"object"` // "corp", "corp/readers", "member for group corp/readers on project corp/demo"
	Action Action  `json:"action"`
	Fields []Field `json:"fields,omitempty"`
	Rules  []Rule  `json:"rules,omitempty"` // of a mapping, those that differ
	// Applied is set by Execute once Keystone has it.
	Applied bool `json:"applied,omitempty"`

	phase phase
	do    func(context.Context) error // nil for None
}

// phase orders the steps: each only needs what earlier ones made, and what opens
// a way in comes as late as it can.
type phase int

const (
	suspend phase = iota // an identity provider whose issuer and rules both change, or that will be deleted
	makeDomains
	makeProjects
	makeGroups
	assignRoles
	setMappings
	updateProtocols // before the identity provider is opened (again)
	setIdentityProviders
	createProtocols
	makeCredentials
	// From here on things are deleted: first the ways in, and the identity provider
	// after all that only it says whose it is.
	deleteProtocols
	deleteMappings
	takeRoles
	deleteGroups
	deleteIdentityProviders
	deleteProjects
	deleteDomains
	deleteCredentials // when the new one is in the client's file
)

// Changes is a plan, in the order in which Execute works.
type Changes []Change

// Pending gives the changes that do something.
func (c Changes) Pending() Changes {
	return slices.DeleteFunc(slices.Clone(c), func(one Change) bool { return one.Action == None })
}

// Count gives the number of changes of an action.
func (c Changes) Count(action Action) (n int) {
	for _, one := range c {
		if one.Action == action {
			n++
		}
	}
	return n
}

// Order puts changes of several plans into the order in which Execute works.
func (c Changes) Order() {
	slices.SortStableFunc(c, func(a, b Change) int { return cmp.Compare(a.phase, b.phase) })
}
