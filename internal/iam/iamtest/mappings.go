package iamtest

import (
	"net/http"
	"strconv"
	"strings"
)

// getMapping is en-us_topic_0057845645.
func (s *Server) getMapping(r *http.Request) result {
	id := r.PathValue("mapping")
	if s.mappings[id] == nil {
		return s.refuse(r, http.StatusNotFound)
	}
	return result{status: 200, body: object{"mapping": s.mappingBody(id)}}
}

func (s *Server) mappingBody(id string) object {
	return object{"id": id, "rules": s.mappings[id]["rules"], "links": object{"self": s.URL + "/v3/OS-FEDERATION/mappings/" + id}}
}

// putMapping is en-us_topic_0057845590.
func (s *Server) putMapping(r *http.Request) result {
	id := r.PathValue("mapping")
	o, ok := member(r, "mapping")
	switch {
	case !ok || !mappingHolds(o):
		return s.refuse(r, http.StatusBadRequest)
	case s.mappings[id] != nil:
		return s.refuse(r, http.StatusConflict)
	}
	s.mappings[id] = o
	return result{status: http.StatusCreated, body: object{"mapping": s.mappingBody(id)}}
}

// patchMapping is en-us_topic_0057845568.
func (s *Server) patchMapping(r *http.Request) result {
	id := r.PathValue("mapping")
	o, ok := member(r, "mapping")
	switch {
	case s.mappings[id] == nil:
		return s.refuse(r, http.StatusNotFound)
	case !ok || !mappingHolds(o):
		return s.refuse(r, http.StatusBadRequest)
	}
	s.mappings[id] = o
	return result{status: 200, body: object{"mapping": s.mappingBody(id)}}
}

// deleteMapping is en-us_topic_0057845648.
func (s *Server) deleteMapping(r *http.Request) result {
	if s.mappings[r.PathValue("mapping")] == nil {
		return s.refuse(r, http.StatusNotFound)
	}
	delete(s.mappings, r.PathValue("mapping"))
	return result{status: http.StatusNoContent}
}

// mappingHolds: rules of local and remote, both mandatory and lists. `groups` of local is
// the user guide's (iam_08_0006: "user or group or groups").
func mappingHolds(o object) bool {
	rules, ok := o["rules"].([]any)
	for _, one := range rules {
		rule, _ := one.(object)
		local, hasLocal := rule["local"].([]any)
		remote, hasRemote := rule["remote"].([]any)
		ok = ok && hasLocal && hasRemote && only(rule, "local", "remote") && len(local) > 0 && len(remote) > 0
		for _, l := range local {
			ok = ok && localHolds(l)
		}
		for _, r := range remote {
			ok = ok && remoteHolds(r)
		}
	}
	return ok && len(rules) > 0 && only(o, "rules")
}

func localHolds(value any) bool {
	o, _ := value.(object)
	for kind, inner := range o {
		named, isObject := inner.(object)
		_, text := inner.(string)
		_, hasName := named["name"].(string)
		if kind == "groups" && !text || kind != "groups" && (!isObject || !hasName || !only(named, "name")) {
			return false
		}
	}
	return len(o) > 0 && only(o, "user", "group", "groups")
}

// remoteHolds: type is mandatory; any_one_of and not_any_of exclude each other in one
// item (the Chinese page of the same call, iam_13_0304, says "in the same item").
func remoteHolds(value any) bool {
	o, _ := value.(object)
	_, named := o["type"].(string)
	_, wants := o["any_one_of"].([]any)
	_, bars := o["not_any_of"].([]any)
	return named && only(o, "type", "any_one_of", "not_any_of") && !(wants && bars)
}

// evaluate makes of an ID token's claims a user and groups, as the user guide tells it
// (iam_08_0006): all items of remote have to fit, items without a condition give {0},
// {1} and so on. Rules add up; the first one that names the user does.
func evaluate(rules []any, claims object) (user string, groups []string) {
	for _, one := range rules {
		rule, _ := one.(object)
		values, fits := matches(rule["remote"].([]any), claims)
		if !fits {
			continue
		}
		for _, l := range rule["local"].([]any) {
			local, _ := l.(object)
			if u, ok := local["user"].(object); ok && user == "" {
				user = strings.Join(filled(u["name"].(string), values), ";")
			}
			if g, ok := local["group"].(object); ok {
				groups = append(groups, filled(g["name"].(string), values)...)
			}
			if text, ok := local["groups"].(string); ok {
				groups = append(groups, filled(text, values)...)
			}
		}
	}
	return user, groups
}

func matches(remote []any, claims object) (values [][]string, fits bool) {
	for _, r := range remote {
		item, _ := r.(object)
		have, there := asTexts(claims[item["type"].(string)])
		wanted, wants := item["any_one_of"].([]any)
		unwanted, bars := item["not_any_of"].([]any)
		switch {
		case !there, wants && !meet(have, wanted), bars && meet(have, unwanted):
			return nil, false
		case !wants && !bars:
			values = append(values, have)
		}
	}
	return values, true
}

func asTexts(value any) ([]string, bool) {
	switch v := value.(type) {
	case string:
		return []string{v}, true
	case []any:
		var out []string
		for _, one := range v {
			text, _ := one.(string)
			out = append(out, text)
		}
		return out, true
	}
	return nil, false
}

func meet(have []string, listed []any) bool {
	for _, one := range listed {
		for _, h := range have {
			if one == h {
				return true
			}
		}
	}
	return false
}

// filled puts values in: of a text that is one placeholder each of its values.
func filled(text string, values [][]string) []string {
	for i, v := range values {
		mark := "{" + strconv.Itoa(i) + "}"
		if text == mark {
			return v
		}
		text = strings.ReplaceAll(text, mark, strings.Join(v, ";"))
	}
	return []string{text}
}
