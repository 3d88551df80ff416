package probe

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/fedstone/fedstone/internal/oidc/optest"
	"github.com/fedstone/fedstone/internal/spec"
)

func words(list ...string) []spec.Text {
	out := []spec.Text{}
	for _, w := range list {
		out = append(out, text(w))
	}
	return out
}

// The fake cloud's user is service-cli of domain corp, in group g1 whose name
// nobody tells, with the project corp-ops and the role member, for an hour.
func TestExpect(t *testing.T) {
	byName := func(_ context.Context, id string) (string, error) { return "name-of-" + id, nil }
	cases := map[string]struct {
		expect  spec.Expect
		admin   func(context.Context, string) (string, error)
		verdict Verdict
		says    string
	}{
		"the user":                {spec.Expect{User: text("service-cli")}, nil, Pass, "as expected: user"},
		"another user":            {spec.Expect{User: text("alice")}, nil, Fail, "user: wanted alice; came service-cli"},
		"the domain by name":      {spec.Expect{Domain: text("corp")}, nil, Pass, "domain"},
		"the domain by id":        {spec.Expect{Domain: text("d1")}, nil, Pass, "domain"},
		"another domain":          {spec.Expect{Domain: text("Default")}, nil, Fail, "domain: wanted Default; came corp"},
		"groups by id":            {spec.Expect{Groups: words("g1")}, nil, Pass, "groups"},
		"no groups":               {spec.Expect{Groups: words()}, nil, Fail, "groups: wanted []; came [g1]"},
		"more groups than came":   {spec.Expect{Groups: words("readers", "writers")}, nil, Fail, "groups: wanted [readers, writers]; came [g1]"},
		"a group nobody names":    {spec.Expect{Groups: words("readers")}, nil, Skip, "`probe --cloud NAME` asks as an administrator"},
		"groups by an admin":      {spec.Expect{Groups: words("name-of-g1")}, byName, Pass, "groups"},
		"another group, by admin": {spec.Expect{Groups: words("readers")}, byName, Fail, "groups: wanted [readers]; came [name-of-g1]"},
		"an admin without rights": {spec.Expect{Groups: words("readers")}, func(context.Context, string) (string, error) { return "", errors.New("403") }, Skip, "the name of group g1 cannot be had: 403"},
		"projects by name":        {spec.Expect{Projects: words("corp-ops")}, nil, Pass, "projects"},
		"projects by id":          {spec.Expect{Projects: words("p1")}, nil, Pass, "projects"},
		"another project":         {spec.Expect{Projects: words("corp-ops", "demo")}, nil, Fail, "projects: wanted [corp-ops, demo]; came [corp-ops]"},
		"no projects":             {spec.Expect{Projects: words()}, nil, Fail, "projects: wanted []; came [corp-ops]"},
		"roles by name":           {spec.Expect{Roles: words("member")}, nil, Pass, "roles"},
		"no roles":                {spec.Expect{Roles: words()}, nil, Fail, "roles: wanted []; came [member] (Keystone adds implied roles"},
		"long enough":             {spec.Expect{Lifetime: text("60m")}, nil, Pass, "lifetime"},
		"too short":               {spec.Expect{Lifetime: text("1h1s")}, nil, Fail, "lifetime: wanted 1h0m1s; came 1h"},
		"two differences":         {spec.Expect{User: text("alice"), Roles: words("reader")}, nil, Fail, "`expect: {user: service-cli, roles: [member]}`"},
		"wrong and untold":        {spec.Expect{User: text("alice"), Groups: words("readers")}, nil, Fail, "groups: wanted [readers]; came [g1]: Keystone's token holds ids"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			c := newCloud(t, "corp")
			c.fed.IdentityProviders[0].Probe.Expect = &tc.expect
			opts := c.options(t)
			opts.GroupName = tc.admin
			r := run(t, c, opts)
			s := stepOf(t, r, "expect")
			said := strings.Join(append([]string{s.Cause, s.Mend}, s.Notes...), "\n")
			if s.Verdict != tc.verdict || !strings.Contains(said, tc.says) || r.OK() != (tc.verdict == Pass) {
				t.Errorf("%s, ok %v:\n%s\nwant %s with %q", s.Verdict, r.OK(), said, tc.verdict, tc.says)
			}
			if (s.Symptom == "not-as-expected") != (s.Verdict == Fail) {
				t.Errorf("symptom %q of a %s", s.Symptom, s.Verdict)
			}
		})
	}
}

func TestNothingIsExpected(t *testing.T) {
	c := newCloud(t, "corp")
	for _, s := range run(t, c, c.options(t)).Providers[0].Steps {
		if s.Name == "expect" {
			t.Error("there is a step expect without an expectation")
		}
	}
}

// Keystone tells a user its own groups while authorization_ttl lasts.
func TestOwnGroupsHaveNames(t *testing.T) {
	c := newCloud(t, "corp")
	c.at("/v3/users/u1/groups", func(w http.ResponseWriter, r *http.Request) {
		if _, ok := c.who(r.Header.Get("X-Auth-Token")); !ok {
			refuse(w, 401)
			return
		}
		optest.JSON(w, 200, map[string]any{"groups": []any{map[string]any{"id": "g1", "name": "readers"}}})
	})
	c.fed.IdentityProviders[0].Probe.Expect = &spec.Expect{Groups: words("readers")}
	if s := stepOf(t, run(t, c, c.options(t)), "expect"); s.Verdict != Pass {
		t.Errorf("%+v", s)
	}
}

// Where no project is expected, there is none to scope to, and all is well.
func TestNoProjectIsExpected(t *testing.T) {
	c := newCloud(t, "corp")
	c.at("/v3/auth/projects", answer(200, `{"projects":[]}`))
	c.fed.IdentityProviders[0].Probe.Expect = &spec.Expect{Projects: words()}
	r := run(t, c, c.options(t))
	if !r.OK() || stepOf(t, r, "rescope").Verdict != Skip || stepOf(t, r, "catalog").Verdict != Skip {
		t.Error(told(r))
	}
	c.fed.IdentityProviders[0].Probe.Expect.Roles = words("member")
	if s := stepOf(t, run(t, c, c.options(t)), "expect"); s.Verdict != Skip || !strings.Contains(s.Cause, "no project's token") {
		t.Errorf("roles without a project: %+v", s)
	}
}

func TestCompareNames(t *testing.T) {
	ids := func(list ...string) (out []name) {
		for _, id := range list {
			out = append(out, name{ID: id})
		}
		return out
	}
	cases := map[string]struct {
		wanted []string
		came   []name
		ok     bool
		untold bool
	}{
		"none of none":                  {nil, nil, true, false},
		"none of some":                  {nil, ids("1"), false, false},
		"all by id":                     {[]string{"2", "1"}, ids("1", "2"), true, false},
		"a name for an id":              {[]string{"a"}, ids("1"), false, true},
		"a name too many":               {[]string{"a", "b"}, ids("1"), false, false},
		"ids left over may share names": {[]string{"a"}, ids("1", "2"), false, true},
		"one that is known is too many": {[]string{"a"}, []name{{"1", "x"}, {"2", ""}}, false, false},
		"two domains, one name":         {[]string{"a"}, []name{{"1", "a"}, {"2", "a"}}, true, false},
		"one is missing":                {[]string{"a", "b"}, []name{{"1", "a"}}, false, false},
	}
	for name, tc := range cases {
		if got := compareNames("groups", tc.wanted, slices.Clone(tc.came)); got.ok != tc.ok || (got.untold != "") != tc.untold {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestAsTheDescriptionWritesIt(t *testing.T) {
	if got := listing([]string{"a", "two words", "x:y", "", "a-b_c.d"}); got != `[a, "two words", "x:y", "", a-b_c.d]` {
		t.Error(got)
	}
	for d, want := range map[time.Duration]string{time.Hour: "1h", 90 * time.Minute: "1h30m", 10 * time.Minute: "10m", time.Second: "1s", 0: "0s", 20 * time.Hour: "20h", time.Hour + time.Second: "1h0m1s"} {
		if got := brief(d); got != want {
			t.Errorf("%s: %s, want %s", d, got, want)
		}
	}
}
