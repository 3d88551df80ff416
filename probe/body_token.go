package probe

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/probe/symptom"
)

// tokenBody is the object below "token" (identity API v3, POST /v3/auth/tokens;
// OS-FEDERATION's addition to user), as it came: a field of another type than the
// API's is one fault among others.
type tokenBody map[string]any

// Paths of fields that several rules are about.
const (
	federationPath = "user.OS-FEDERATION"
	groupsPath     = federationPath + ".groups"
)

// parseToken gives the token, or what stands in its place.
func parseToken(raw []byte) (tokenBody, *wrong) {
	var whole map[string]any
	if err := json.Unmarshal(raw, &whole); err != nil {
		fault := odd(symptom.NotAsAPI, "the body", oidc.Excerpt(string(raw), 60), "a JSON object with a token")
		return nil, &fault
	}
	t, ok := whole["token"].(map[string]any)
	if !ok {
		fault := odd(symptom.NotAsAPI, "token", shown(whole["token"]), "an object")
		return nil, &fault
	}
	return t, nil
}

// at gives the value at a path such as user.domain.id; nil where there is none.
func (t tokenBody) at(path string) any {
	var value any = map[string]any(t)
	for _, name := range strings.Split(path, ".") {
		object, _ := value.(map[string]any)
		value = object[name]
	}
	return value
}

// text gives the text at a path; "" where there is none.
func (t tokenBody) text(path string) string {
	s, _ := t.at(path).(string)
	return s
}

// has tells a field that is there from one that is not; null is there.
func (t tokenBody) has(field string) bool {
	_, ok := t[field]
	return ok
}

func (t tokenBody) texts(path string) []string {
	list, _ := t.at(path).([]any)
	var out []string
	for _, one := range list {
		s, _ := one.(string)
		out = append(out, s)
	}
	return out
}

// foreignDialect tells the IAM services that speak Keystone's API from Keystone:
// their methods is ["mapped"], whatever the protocol is called, and ["token"] when scoped.
func (t tokenBody) foreignDialect(protocol string) bool {
	return protocol == serviceProtocol || protocol != "mapped" && slices.Contains(t.texts("methods"), "mapped")
}

// serviceProtocol is theirs alone: Keystone has no driver of that name.
const serviceProtocol = "oidc"

// time reads a time at a path; false where there is none in UTC.
func (t tokenBody) time(path string) (time.Time, bool) {
	at, err := time.Parse(time.RFC3339Nano, t.text(path))
	_, offset := at.Zone()
	return at, err == nil && offset == 0
}

// name is a thing that has an id, and perhaps a name.
type name struct{ ID, Name string }

// names gives the objects of a list; false unless each has an id.
func (t tokenBody) names(path string) ([]name, bool) {
	list, ok := t.at(path).([]any)
	out := []name{}
	for _, one := range list {
		object := tokenBody{"one": one}
		n := name{object.text("one.id"), object.text("one.name")}
		out, ok = append(out, n), ok && n.ID != ""
	}
	return out, ok
}

// shown writes a value as JSON has it, and no more than a line of it.
func shown(value any) string {
	if value == nil {
		return "missing"
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(value); err != nil {
		return fmt.Sprint(value)
	}
	return oidc.Excerpt(b.String(), 120)
}
