package mapping

import "encoding/json"

// Mapping is what Keystone stores (keystone/federation/utils.py, schemas 1.0 to
// 3.0). Nil lists and pointers are absent; empty lists and strings are kept, since
// an empty any_one_of matches nobody while an absent one asks nothing.
type Mapping struct {
	// SchemaVersion is "" for releases that know no versions (before 2024.1).
	SchemaVersion string `json:"schema_version,omitempty"`
	Rules         []Rule `json:"rules"`
	// From holds for each rule the index of the named one that it was compiled from;
	// nil for a mapping that was written by hand.
	From []int `json:"-"`
}

// Rule maps the claims that satisfy all of Remote to all of Local.
type Rule struct {
	Local  []Local  `json:"local"`
	Remote []Remote `json:"remote"`
}

// Local is one part of what a rule gives. Its strings are Python format strings
// over the direct entries of Remote.
type Local struct {
	User         *User     `json:"user,omitempty"`
	Group        *Group    `json:"group,omitempty"`
	Groups       *string   `json:"groups,omitempty"`
	GroupIDs     *string   `json:"group_ids,omitempty"`
	Domain       *Domain   `json:"domain,omitempty"`
	Projects     []Project `json:"projects,omitzero"`
	ProjectsJSON *string   `json:"projects_json,omitempty"` // schema 3.0
}

// User is the person a rule makes. Type is nil (ephemeral), ephemeral or local.
type User struct {
	ID     *string `json:"id,omitempty"`
	Name   *string `json:"name,omitempty"`
	Email  *string `json:"email,omitempty"`
	Domain *Domain `json:"domain,omitempty"`
	Type   *string `json:"type,omitempty"`
}

// Group names a group by ID, or by Name and Domain.
type Group struct {
	ID     *string `json:"id,omitempty"`
	Name   *string `json:"name,omitempty"`
	Domain *Domain `json:"domain,omitempty"`
}

// Domain names a Keystone domain by ID or Name.
type Domain struct {
	ID   *string `json:"id,omitempty"`
	Name *string `json:"name,omitempty"`
}

// Project is a project that Keystone makes at login, with the user's roles.
type Project struct {
	Name   string  `json:"name"`
	Roles  []Role  `json:"roles"`
	Domain *Domain `json:"domain,omitempty"` // schema 2.0
}

// Role names a role.
type Role struct {
	Name string `json:"name"`
}

// Remote is one requirement. Without a list it is a direct entry, and so it is
// with Whitelist or Blacklist: its place among the direct entries is the number
// used in placeholders. AnyOneOf and NotAnyOf are conditions and have no number.
// Values are strings in every sane mapping; Keystone allows any JSON.
type Remote struct {
	Type      string `json:"type"`
	AnyOneOf  []any  `json:"any_one_of,omitzero"`
	NotAnyOf  []any  `json:"not_any_of,omitzero"`
	Whitelist []any  `json:"whitelist,omitzero"`
	Blacklist []any  `json:"blacklist,omitzero"`
	Regex     bool   `json:"regex,omitempty"`
}

// Direct reports whether the entry is counted by placeholders.
func (r Remote) Direct() bool { return r.AnyOneOf == nil && r.NotAnyOf == nil }

// Bytes gives the mapping as indented JSON with a final newline, the same for
// the same mapping.
func (m Mapping) Bytes() ([]byte, error) {
	text, err := json.MarshalIndent(m, "", "  ")
	return append(text, '\n'), err
}
