package engine

import "github.com/fedstone/fedstone/internal/python"

// project holds one item against PROJECTS_SCHEMA_2_0: name and roles, perhaps a
// domain, nothing else.
func project(v any) (Object, error) {
	o, ok := asObject(v, "name", "roles", "domain")
	name, named := o.Get("name")
	roles, listed := o.Get("roles")
	if !ok || !named || !listed || !isText(name) {
		return nil, refusal("projects_json: %s is no project, expected an object of name, roles and perhaps domain", described(v))
	}
	list, err := roleList(roles)
	if err != nil {
		return nil, err
	}
	o = o.with("roles", list)
	if domain, given := o.Get("domain"); given {
		d, ok := asObject(domain, "id", "name")
		if !ok || !allText(d) {
			return nil, refusal("projects_json: %s is no domain, expected an object of id or name", described(domain))
		}
		o = o.with("domain", d)
	}
	return o, nil
}

func roleList(v any) ([]any, error) {
	list, ok := v.(python.List)
	if !ok {
		return nil, refusal("projects_json: %s is no list of roles", described(v))
	}
	out := make([]any, 0, len(list))
	for _, item := range list {
		role, ok := asObject(item, "name")
		if name, named := role.Get("name"); !ok || !named || !isText(name) {
			return nil, refusal("projects_json: %s is no role, expected an object of name", described(item))
		}
		out = append(out, role)
	}
	return out, nil
}

// asObject gives a dictionary whose keys are all among the known ones.
func asObject(v any, known ...string) (Object, bool) {
	d, ok := v.(*python.Dict)
	if !ok {
		return nil, false
	}
	out := Object{}
	for _, key := range known {
		if value, has := d.Get(key); has {
			out = append(out, Field{key, value})
		}
	}
	return out, len(out) == d.Len()
}

func isText(v any) bool {
	_, ok := v.(string)
	return ok
}

func allText(o Object) bool {
	for _, f := range o {
		if !isText(f.Value) {
			return false
		}
	}
	return true
}
