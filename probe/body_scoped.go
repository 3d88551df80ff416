package probe

import (
	"slices"
	"time"

	"github.com/fedstone/fedstone/probe/symptom"
)

// scopedRules are those for a project's token: the user's, those of every token,
// the scope's own, and what may not differ from the unscoped one.
func scopedRules() []rule {
	return slices.Concat(scopeRules(), samenessRules(), userRules(), commonRules())
}

func scopeRules() []rule {
	return []rule{
		{symptom.OtherScope, "project.id", "{project}", func(t tokenBody, j judging) bool { return t.text("project.id") == j.project.ID }},
		{symptom.NotAsAPI, "project.name", "a name", present("project.name")},
		{symptom.NotAsAPI, "project.domain.id", "an id", present("project.domain.id")},
		{symptom.NotAsAPI, "project.domain.name", "a name", present("project.domain.name")},
		{symptom.NoRole, "roles", "at least one role", func(t tokenBody, _ judging) bool { roles, ok := t.names("roles"); return !ok || len(roles) > 0 }},
		{symptom.NotAsAPI, "roles", "a list of roles with ids", func(t tokenBody, _ judging) bool { _, ok := t.names("roles"); return ok }},
		{symptom.NotAsAPI, "is_domain", "true or false", func(t tokenBody, j judging) bool {
			_, ok := t.at("is_domain").(bool)
			return ok || t.foreignDialect(j.protocol)
		}},
		{symptom.NotAsAPI, "catalog", "a list", func(t tokenBody, _ judging) bool { _, ok := t.at("catalog").([]any); return ok }},
		{symptom.OtherMethods, "methods", `["token","{protocol}"]`, func(t tokenBody, j judging) bool {
			return slices.Equal(slices.Sorted(slices.Values(t.texts("methods"))), slices.Sorted(slices.Values([]string{"token", j.protocol}))) || t.foreignDialect(j.protocol)
		}},
	}
}

func samenessRules() []rule {
	return []rule{
		{symptom.UserChanged, "user.id", "the id that the unscoped token has", unchanged("user.id")},
		{symptom.UserChanged, "user.domain.id", "the id that the unscoped token has", unchanged("user.domain.id")},
		{symptom.ExpiryExtended, "expires_at", "not later than the unscoped token's", func(t tokenBody, j judging) bool {
			return extended(t, j) <= time.Second || t.foreignDialect(j.protocol)
		}},
	}
}

func unchanged(path string) func(tokenBody, judging) bool {
	return func(t tokenBody, j judging) bool { return t.text(path) == j.before.text(path) }
}

// extended is how much longer than the unscoped token the scoped one lives; below
// zero for one that lives shorter, or that has no time.
func extended(t tokenBody, j judging) time.Duration {
	first, known := j.before.time("expires_at")
	then, ok := t.time("expires_at")
	if !known || !ok {
		return -1
	}
	return then.Sub(first)
}
