package engine

// shape is a JSON Schema, as far as Keystone's schemas of mappings use it. The
// zero shape takes anything.
type shape struct {
	kind       string            // object, array, string, boolean; "" is any
	required   []string          // of an object
	closed     bool              // an object takes the named properties only (additionalProperties: false)
	properties map[string]*shape // of an object
	since      map[string]string // properties that come with a later schema version
	items      *shape            // of an array
	least      int               // an array's shortest length (minItems)
	enum       []string          // the only values
	forms      []*shape          // exactly one must fit (oneOf)
	never      bool              // nothing fits (the schema false)
}

// mappingShape is IDP_ATTRIBUTE_MAPPING_SCHEMA_* of a release
// (keystone/federation/utils.py; MAPPING_SCHEMA before 2024.1).
func (r rules) mappingShape() *shape {
	rule := &shape{kind: "object", closed: true, required: []string{"local", "remote"}, properties: map[string]*shape{
		"local":  {kind: "array", items: r.localShape()},
		"remote": {kind: "array", least: 1, items: remoteShape()},
	}}
	mapping := &shape{kind: "object", required: []string{"rules"}, properties: map[string]*shape{
		"rules": {kind: "array", least: 1, items: rule},
	}}
	if r.checksVersionType() {
		mapping.properties["schema_version"] = text()
	}
	return mapping
}

func text() *shape { return &shape{kind: "string"} }

func (r rules) localShape() *shape {
	local := &shape{kind: "object", closed: true, since: map[string]string{}, properties: map[string]*shape{
		"user":      userShape(),
		"projects":  {kind: "array", items: r.projectShape()},
		"group":     groupShape(),
		"groups":    text(),
		"group_ids": text(),
		"domain":    domainShape(),
	}}
	if r.takesProjectsJSON() {
		local.properties["projects_json"] = text()
	} else {
		local.since["projects_json"] = "3.0"
	}
	return local
}

func userShape() *shape {
	return &shape{kind: "object", closed: true, properties: map[string]*shape{
		"id": text(), "name": text(), "email": text(), "domain": domainShape(),
		"type": {kind: "string", enum: []string{"ephemeral", "local"}},
	}}
}

func domainShape() *shape {
	return &shape{kind: "object", closed: true, properties: map[string]*shape{"id": text(), "name": text()}}
}

func (r rules) projectShape() *shape {
	project := &shape{kind: "object", closed: true, required: []string{"name", "roles"}, since: map[string]string{}, properties: map[string]*shape{
		"name": text(), "roles": {kind: "array", items: r.roleShape()},
	}}
	if r.honoursDomain() {
		project.properties["domain"] = domainShape()
	} else {
		project.since["domain"] = "2.0"
	}
	return project
}

// roleShape: until 2023.2 additionalProperties stands among the properties by
// mistake, where it forbids a key of that name and nothing else.
func (r rules) roleShape() *shape {
	role := &shape{kind: "object", required: []string{"name"}, closed: true, properties: map[string]*shape{"name": text()}}
	if r.takesAnyRole() {
		role.closed = false
		role.properties["additionalProperties"] = &shape{never: true}
	}
	return role
}

func groupShape() *shape {
	return &shape{kind: "object", forms: []*shape{
		{kind: "object", closed: true, required: []string{"id"}, properties: map[string]*shape{"id": text()}},
		{kind: "object", closed: true, required: []string{"name", "domain"}, properties: map[string]*shape{"name": text(), "domain": domainShape()}},
	}}
}

// remoteShape has a form for each Kind.
func remoteShape() *shape {
	forms := []*shape{{kind: "object", closed: true, required: []string{"type"}, properties: map[string]*shape{"type": text()}}}
	for _, kind := range listKinds() {
		forms = append(forms, &shape{kind: "object", closed: true, required: []string{"type", string(kind)}, properties: map[string]*shape{
			"type": text(), string(kind): {kind: "array"}, "regex": {kind: "boolean"},
		}})
	}
	return &shape{kind: "object", forms: forms}
}

func listKinds() []Kind { return []Kind{AnyOneOf, NotAnyOf, Blacklist, Whitelist} }

// checksVersionType: until 2025.2 the schema's line for schema_version asks for
// nothing.
func (r rules) checksVersionType() bool { return r.release.Number >= 29 }

// takesAnyRole: until 2023.2 an item of roles may hold more than its name.
func (r rules) takesAnyRole() bool { return r.release.Number <= 24 }
