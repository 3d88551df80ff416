package register

import (
	"encoding/json"
	"maps"
)

// mapper is Keycloak's ProtocolMapperRepresentation.
type mapper struct {
	ID       string            `json:"id,omitempty"`
	Name     string            `json:"name"`
	Protocol string            `json:"protocol"`
	Mapper   string            `json:"protocolMapper"`
	Config   map[string]string `json:"config"`
}

type mappers []mapper

// The mappers of ours, known by their names: those of other names are somebody
// else's, and stay.
const (
	audienceName = "audience for Keystone"
	groupsName   = "groups for Keystone"
)

// changed follows a value whose mapper was given other settings by hand.
const changed = " (with other settings)"

func (r representation) mappers() mappers {
	var all mappers
	_ = json.Unmarshal(r["protocolMappers"], &all) // absent, or nothing that could be kept
	return all
}

// with gives the mappers with ours as a registration wants them.
func (all mappers) with(want Registration) mappers {
	out, ids := mappers{}, map[string]string{}
	for _, m := range all {
		ids[m.Name] = m.ID
		if m.Name != audienceName && m.Name != groupsName {
			out = append(out, m)
		}
	}
	if want.Audience != "" {
		out = append(out, audienceMapper(ids[audienceName], want.Audience))
	}
	if want.GroupClaim != "" {
		out = append(out, groupsMapper(ids[groupsName], want.GroupClaim))
	}
	return out
}

// audienceMapper puts a text into aud of access tokens (AudienceProtocolMapper.java).
func audienceMapper(id, audience string) mapper {
	return mapper{id, audienceName, "openid-connect", "oidc-audience-mapper", map[string]string{"included.custom.audience": audience,
		"access.token.claim": "true", "id.token.claim": "false", "introspection.token.claim": "true"}}
}

// groupsMapper makes a claim of the names of groups, without the paths that Keycloak
// would write otherwise: mappings know names (GroupMembershipMapper.java). Keycloak
// adds multivalued by itself, with the first token.
func groupsMapper(id, claim string) mapper {
	return mapper{id, groupsName, "openid-connect", "oidc-group-membership-mapper", map[string]string{"claim.name": claim, "full.path": "false", "multivalued": "true",
		"access.token.claim": "true", "id.token.claim": "true", "userinfo.token.claim": "true", "introspection.token.claim": "true"}}
}

// say tells what ours put into tokens.
func (all mappers) say() (audience, claim string) {
	for _, m := range all {
		switch m.Name {
		case audienceName:
			audience = m.judged(m.Config["included.custom.audience"], audienceMapper)
		case groupsName:
			claim = m.judged(m.Config["claim.name"], groupsMapper)
		}
	}
	return audience, claim
}

// judged gives a mapper's value, with a word behind it where the mapper is not as it
// was made. Keycloak adds settings that are off.
func (m mapper) judged(value string, made func(id, value string) mapper) string {
	wanted, config := made(m.ID, value), maps.Clone(m.Config)
	maps.DeleteFunc(config, func(name, setting string) bool { return setting == "false" && wanted.Config[name] == "" })
	if m.Mapper != wanted.Mapper || !maps.Equal(config, wanted.Config) {
		return value + changed
	}
	return value
}
