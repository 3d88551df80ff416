package compare

import (
	"testing"

	"github.com/fedstone/fedstone/internal/mapping/engine"
)

// TestGranted: what a mapping gives in words, and as JSON where there are none.
func TestGranted(t *testing.T) {
	object := func(pairs ...any) engine.Object {
		var o engine.Object
		for i := 0; i < len(pairs); i += 2 {
			o = append(o, engine.Field{Key: pairs[i].(string), Value: pairs[i+1]})
		}
		return o
	}
	ephemeral := func(pairs ...any) engine.Object { return object(append(pairs, "type", "ephemeral")...) }
	for name, c := range map[string]struct {
		mapped engine.Mapped
		want   string
	}{
		"user":             {engine.Mapped{User: ephemeral("name", "jane")}, "user jane"},
		"all of a user":    {engine.Mapped{User: object("name", "j d", "email", "", "domain", object("id", "0f"), "type", "local")}, `user "j d" (email "", domain id 0f, type local)`},
		"no domain":        {engine.Mapped{User: ephemeral("name", "jane", "domain", nil)}, "user jane (domain none)"},
		"nobody":           {engine.Mapped{User: ephemeral()}, "user without a name"},
		"groups":           {engine.Mapped{User: ephemeral("name", "j"), GroupIDs: []any{"1a"}, GroupNames: []any{object("name", "<ops>", "domain", object("name", "corp"))}}, "user j; group ids 1a; groups <ops> (domain corp)"},
		"a name of a list": {engine.Mapped{User: ephemeral("name", "j"), GroupNames: []any{object("name", []any{"a", "b"})}}, "user j; groups without a name (name a and b)"},
		"what is no group": {engine.Mapped{User: ephemeral("name", "j"), GroupIDs: []any{3}}, "user j; group ids 3"},
		"projects": {engine.Mapped{User: ephemeral("name", "j"), Projects: []any{
			object("name", "p", "domain", object("name", "d"), "roles", []any{object("name", "r"), object("name", "s", "domain", object("id", "x"))}),
		}}, "user j; projects p (domain d, roles r and s (domain id x))"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := granted(&c.mapped); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestClaims(t *testing.T) {
	if got, want := claims(map[string]string{"g": "<a>&b"}), `{"g":"<a>&b"}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
