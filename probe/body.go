package probe

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
)

// tokenBody is the part of Keystone's token that is looked at (identity API,
// POST /v3/auth/tokens, and OS-FEDERATION's addition to user).
type tokenBody struct {
	Token struct {
		Methods []string
		User    struct {
			ID, Name   string
			Domain     struct{ ID, Name string }
			Federation *struct {
				Groups           []struct{ ID, Name string }
				IdentityProvider struct{ ID string } `json:"identity_provider"`
				Protocol         struct{ ID string }
			} `json:"OS-FEDERATION"`
		}
		Project   *struct{ ID, Name string }
		Roles     []struct{ ID, Name string }
		IssuedAt  time.Time `json:"issued_at"`
		ExpiresAt time.Time `json:"expires_at"`
		AuditIDs  []string  `json:"audit_ids"`
	}
}

// body holds the unscoped token's body against the API, field by field.
func body(_ context.Context, v *visit) outcome {
	var got tokenBody
	if err := json.Unmarshal(v.answer.Body, &got); err != nil {
		return failed(v.answer, "the body is not a token as the API has it: "+err.Error(), "something between here and Keystone changes answers: look at the proxies")
	}
	v.found.User = v.clean(got.Token.User.Name)
	v.found.Seen.KeystoneExpires = got.Token.ExpiresAt
	var causes, mends []string
	for _, f := range v.fields(got) {
		if !f.ok {
			causes = append(causes, fmt.Sprintf("%s is %q; expected %s", f.name, f.got, f.want))
			mends = append(mends, f.mend)
		}
	}
	o := passed(v.answer, v.remarks(got)...)
	if len(causes) > 0 {
		mends = slices.DeleteFunc(mends, func(m string) bool { return m == "" })
		o.verdict, o.cause, o.mend = Fail, strings.Join(causes, " | "), strings.Join(mends, " | ")
	}
	return o
}

// bodyField is one field of the token and what it has to be.
type bodyField struct {
	name, got, want, mend string
	ok                    bool
}

func (v *visit) fields(body tokenBody) []bodyField {
	t, id, protocol := body.Token, v.found.ID, v.found.Protocol
	fields := []bodyField{
		{"methods", strings.Join(t.Methods, ","), protocol, "", slices.Equal(t.Methods, []string{protocol})},
		{"user.id", t.User.ID, "an id", "", t.User.ID != ""},
		{"user.name", t.User.Name, "a name", "map `user: {name: …}` from a claim that every token has", t.User.Name != ""},
		{"user.name", t.User.Name, "one name", "map the name from a claim with a single value", !strings.HasPrefix(t.User.Name, "[") && !strings.Contains(t.User.Name, ";")},
		{"user.domain.id", t.User.Domain.ID, "an id", "", t.User.Domain.ID != ""},
		{"issued_at", t.IssuedAt.String(), "a time", "", !t.IssuedAt.IsZero()},
		{"expires_at", t.ExpiresAt.String(), "a time after issued_at", "", t.ExpiresAt.After(t.IssuedAt)},
		{"audit_ids", strings.Join(t.AuditIDs, ","), "at least one", "", len(t.AuditIDs) > 0},
		{"project", fmt.Sprint(t.Project != nil), "none: the exchange gives an unscoped token", "", t.Project == nil},
	}
	fields = append(fields, v.expectations(body)...)
	f := t.User.Federation
	if f == nil {
		return append(fields, bodyField{"user.OS-FEDERATION", "missing", "the provider, the protocol and the groups", "the mapping makes a local user (`type: local`): map an ephemeral one", false})
	}
	return append(fields,
		bodyField{"user.OS-FEDERATION.identity_provider.id", f.IdentityProvider.ID, id, "", f.IdentityProvider.ID == id},
		bodyField{"user.OS-FEDERATION.protocol.id", f.Protocol.ID, protocol, "", f.Protocol.ID == protocol},
		bodyField{"user.OS-FEDERATION.groups", "null", "a list", "", f.Groups != nil},
	)
}

// expectations are about this federation, not about the API.
func (v *visit) expectations(body tokenBody) []bodyField {
	user := body.Token.User
	var fields []bodyField
	if domain := v.idp.Domain.Value; domain != "" && !v.idp.Mapping.Given() {
		mend := fmt.Sprintf("set domain_id of Keystone's identity provider %s: `fedstone apply`; it cannot be changed after creation", v.found.ID)
		fields = append(fields, bodyField{"user.domain.name", user.Domain.Name, domain, mend, user.Domain.Name == domain})
	}
	if p := v.idp.Probe; p != nil && p.User.Given() {
		fields = append(fields, bodyField{"user.name", user.Name, p.User.Value, "correct the rule's `user: {name: …}`, or `probe: {user: …}`", user.Name == p.User.Value})
	}
	return fields
}

func (v *visit) remarks(body tokenBody) []string {
	var notes []string
	if f := body.Token.User.Federation; f != nil && len(f.Groups) == 0 {
		notes = append(notes, "the user is in no group: a rule without groups, or groups that Keystone does not have, which it passes over without a word")
	}
	if strings.ContainsAny(body.Token.User.Name, "ÃÂ") {
		notes = append(notes, "the name looks like UTF-8 read as Latin-1 (Keystone before 27.0.2, 28.0.2 and 29.0.2)")
	}
	return notes
}
