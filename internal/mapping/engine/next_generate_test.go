package engine_test

import (
	"math/rand/v2"
	"strings"

	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/internal/platform"
	"github.com/fedstone/fedstone/internal/python"
)

// anyQuestion is a login that a mapping of the release could give.
func anyQuestion(random *rand.Rand, release string) question {
	known, _ := platform.ReleaseByName(release)
	schemas := append([]string{"1.0"}, known.SchemaVersions...)
	q := question{Schema: pick(random, schemas...), DomainID: "corp", Everything: true}
	q.RemoteUser = pick(random, "", "", "remote", "rémote@x")
	q.Mapped = &engine.Mapped{User: anyUser(random), GroupIDs: []any{}, GroupNames: []any{}, Projects: []any{}}
	for _, id := range []string{"g1", "g2"} {
		if random.IntN(4) == 0 {
			q.Mapped.GroupIDs = append(q.Mapped.GroupIDs, id)
		}
	}
	for random.IntN(3) == 0 {
		q.Mapped.GroupNames = append(q.Mapped.GroupNames, anyGroup(random))
	}
	for random.IntN(3) == 0 {
		q.Mapped.Projects = append(q.Mapped.Projects, anyProject(random, q.Schema))
	}
	if random.IntN(40) == 0 {
		q.Mapped.GroupIDs = append(q.Mapped.GroupIDs, "")
	}
	return q
}

func pick[T any](random *rand.Rand, of ...T) T { return of[random.IntN(len(of))] }

func anyText(random *rand.Rand) string {
	if random.IntN(20) == 0 {
		return strings.Repeat(pick(random, "x", "é"), pick(random, 42, 43, 255, 256))
	}
	return pick(random, "", "alice", "a b/c", "ü~_.-+@", "\U0001F600", "x%2Fy", "Ω;[]'\"")
}

func anyUser(random *rand.Rand) engine.Object {
	user := engine.Object{{Key: "type", Value: pick(random, "ephemeral", "ephemeral", "ephemeral", "local")}}
	for _, key := range []string{"id", "name", "email"} {
		if random.IntN(2) == 0 {
			user = append(user, engine.Field{Key: key, Value: anyText(random)})
		}
	}
	if random.IntN(3) == 0 {
		user = append(user, engine.Field{Key: "domain", Value: anyDomain(random)})
	}
	return user
}

// anyDomain is a domain object, or nil as schema 2.0 leaves it where none is given.
func anyDomain(random *rand.Rand) any {
	return pick[any](random,
		engine.Object{{Key: "name", Value: "partner"}}, engine.Object{{Key: "id", Value: "4711"}},
		engine.Object{{Key: "id", Value: "4711"}, {Key: "name", Value: "partner"}},
		engine.Object{{Key: "name", Value: "corp"}}, engine.Object{}, nil)
}

// anyGroup is one as rules give it, or as a claim brings it.
func anyGroup(random *rand.Rand) any {
	if random.IntN(8) == 0 {
		return pick[any](random, "a domain name", fromJSON(`{"domain": {"name": "x"}}`), fromJSON(`{"name": "g", "domain": "x"}`),
			fromJSON(`{"name": "g", "domain": null}`), fromJSON(`{"name": "ä", "domain": {"id": "", "name": "x"}, "more": 1}`), fromJSON(`["domain"]`))
	}
	domain := anyDomain(random)
	if domain == nil {
		domain = engine.Object{{Key: "id", Value: ""}, {Key: "name", Value: "partner"}}
	}
	return engine.Object{{Key: "name", Value: anyText(random)}, {Key: "domain", Value: domain}}
}

func fromJSON(text string) any {
	v, err := python.JSON(text)
	if err != nil {
		panic(err)
	}
	return v
}

func anyProject(random *rand.Rand, schema string) any {
	project := engine.Object{{Key: "name", Value: pick(random, "ops", "demo", "ä", strings.Repeat("p", 64), strings.Repeat("p", 65))}}
	roles := []any{}
	for _, role := range []string{"member", "reader", ""} {
		if random.IntN(2) == 0 && (role != "" || random.IntN(8) == 0) {
			roles = append(roles, engine.Object{{Key: "name", Value: role}})
		}
	}
	project = append(project, engine.Field{Key: "roles", Value: roles})
	if schema != "1.0" {
		project = append(project, engine.Field{Key: "domain", Value: anyDomain(random)})
	}
	return project
}
