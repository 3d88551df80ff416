package register

import (
	"encoding/json"
	"slices"
	"strconv"

	"github.com/fedstone/fedstone/internal/apply"
)

// differences are the fields in which a registration is not as wanted, but for the
// secret, in the order of the struct.
func differences(want, have Registration) []apply.Field {
	var out []apply.Field
	text := func(name, have, want string) {
		if have != want {
			out = append(out, apply.Field{Name: name, Old: shown(have), New: shown(want)})
		}
	}
	set := func(name string, have, want []string) {
		if !slices.Equal(sorted(have), sorted(want)) {
			out = append(out, apply.Field{Name: name, Old: shownList(have), New: shownList(want)})
		}
	}
	text("name", have.Name, want.Name)
	text("description", have.Description, want.Description)
	text("auth_method", have.AuthMethod, want.AuthMethod)
	text("keys", keyIDs(have.KeySet), keyIDs(want.KeySet))
	set("redirect_uris", have.RedirectURIs, want.RedirectURIs)
	set("post_logout_redirect_uris", have.PostLogoutURIs, want.PostLogoutURIs)
	set("grant_types", have.Grants, want.Grants)
	text("pkce", have.PKCE, want.PKCE)
	text("audience", have.Audience, want.Audience)
	text("group_claim", have.GroupClaim, want.GroupClaim)
	if have.Disabled {
		out = append(out, apply.Field{Name: "enabled", Old: "false", New: "true"})
	}
	return out
}

// whole are the fields of a new registration: those that say something.
func whole(want Registration) []apply.Field {
	fields := differences(want, Registration{})
	for i := range fields {
		fields[i].Old = ""
	}
	return fields
}

// shown quotes a text: what it holds may come from a provider.
func shown(text string) string { return strconv.Quote(text) }

func shownList(list []string) string {
	text, _ := json.Marshal(sorted(list)) // strings always encode
	return string(text)
}

func sorted(list []string) []string {
	out := append([]string{}, list...)
	slices.Sort(out)
	return slices.Compact(out)
}

// keyIDs are the kids of a JWK set in order: what tells one key from another. A
// provider writes the same set in another way.
func keyIDs(set string) string {
	var keys struct{ Keys []struct{ Kid string } }
	if json.Unmarshal([]byte(set), &keys) != nil {
		return ""
	}
	var ids []string
	for _, k := range keys.Keys {
		ids = append(ids, k.Kid)
	}
	return shownIDs(sorted(ids))
}

func shownIDs(ids []string) string {
	if len(ids) == 0 {
		return ""
	}
	return shownList(ids)
}
