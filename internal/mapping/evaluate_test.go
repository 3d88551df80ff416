package mapping_test

import (
	"math/rand/v2"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/internal/mapping"
	"github.com/fedstone/fedstone/internal/mapping/engine"
)

// TestEngineAgrees holds the engine, on compiled rules, to the cases that
// Keystone confirms in TestKeystoneAgrees.
func TestEngineAgrees(t *testing.T) {
	for name, c := range logincases() {
		p := engineOf(t, c)
		for i, l := range c.logins {
			got, decided := evaluate(p, l.claims)
			if diff := cmp.Diff(l.want, got, cmpopts.EquateEmpty()); diff != "" || !decided {
				t.Errorf("%s %d: decided %v (-want +got):\n%s", name, i+1, decided, diff)
			}
		}
	}
}

func engineOf(t *testing.T, c logincase) *engine.Processor {
	t.Helper()
	m, _ := mapping.Compile(provider(c.rules...), "zed")
	text, err := m.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	doc, list := engine.Read("compiled", text)
	if list.HasErrors() {
		t.Fatal(list)
	}
	p, err := engine.New(doc, engine.Options{Release: "zed"})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// evaluate gives our answer in the oracle's form; false when it is left to chance.
func evaluate(p *engine.Processor, env map[string]string) (answer, bool) {
	out := p.Process(env)
	switch {
	case out.Undecidable != nil:
		return answer{}, false
	case out.Error != nil:
		return answer{Error: out.Error.Class}, true
	}
	got := answer{User: map[string]string{}}
	for _, key := range []string{"name", "id", "email"} {
		if value := out.Mapped.User.Text(key); value != "" {
			got.User[key] = value
		}
	}
	if out.Mapped.User.Text("type") == "local" {
		got.User["type"] = "local"
	}
	if _, placed := out.Mapped.User.Get("domain"); placed {
		got.User["domain"] = domainOf(out.Mapped.User)
	}
	for _, id := range out.Mapped.GroupIDs {
		got.Groups = append(got.Groups, "#"+id.(string))
	}
	for _, item := range out.Mapped.GroupNames {
		group := item.(engine.Object)
		got.Groups = append(got.Groups, group.Text("name")+"@"+domainOf(group))
	}
	slices.Sort(got.Groups)
	got.Groups = slices.Compact(got.Groups)
	got.Projects = grantsOf(out.Mapped.Projects)
	return got, true
}

// domainOf gives the name of an object's domain, or #id.
func domainOf(o engine.Object) string {
	given, _ := o.Get("domain")
	domain := given.(engine.Object)
	if _, named := domain.Get("name"); named {
		return domain.Text("name")
	}
	return "#" + domain.Text("id")
}

func grantsOf(projects []any) []string {
	var out []string
	for _, item := range projects {
		roles, _ := item.(engine.Object).Get("roles")
		for _, role := range roles.([]any) {
			out = append(out, item.(engine.Object).Text("name")+"/"+role.(engine.Object).Text("name"))
		}
	}
	return out
}

// TestEngineAgainstKeystone asks both about generated logins at compiled rules.
// What we call undecidable is not compared, but may not be the rule.
func TestEngineAgainstKeystone(t *testing.T) {
	python := keystonePython(t)
	random := rand.New(rand.NewPCG(1, 2))
	var logins []login
	var ours []answer
	undecidable := 0
	for _, c := range logincases() {
		m, _ := mapping.Compile(provider(c.rules...), "zed")
		p := engineOf(t, c)
		for range 300 {
			claims := randomClaims(random)
			got, decided := evaluate(p, claims)
			if !decided {
				undecidable++
				continue
			}
			logins, ours = append(logins, login{m, claims}), append(ours, got)
		}
	}
	if undecidable > len(logins)/10 {
		t.Fatalf("%d logins undecidable, %d compared", undecidable, len(logins))
	}
	for i, want := range ask(t, python, logins) {
		if diff := cmp.Diff(want, ours[i], cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%v (-Keystone +ours):\n%s", logins[i].Assertion, diff)
		}
	}
	t.Logf("%d compared, %d undecidable", len(logins), undecidable)
}

// randomClaims picks among the values that the cases' rules ask for, and odd ones.
func randomClaims(random *rand.Rand) map[string]string {
	vocabulary := []string{"admins", "ops", "banned", "users", "readers", "wheel", "vip", "x", "", " users", "Users", "my name", "domain", "a'b", `a"b`,
		"['users']", "[users", "{0}", "{", "JSON:x", "ü", "ann@example.org", "svc-a", "cloud-x", "ab", "x1"}
	claims := map[string]string{}
	for _, claim := range []string{"sub", "iss", "email", "groups", "https---example.org-name"} {
		if random.IntN(10) == 0 {
			continue
		}
		values := []string{vocabulary[random.IntN(len(vocabulary))]}
		for claim == "groups" && random.IntN(3) > 0 {
			values = append(values, vocabulary[random.IntN(len(vocabulary))])
		}
		claims["OIDC-"+claim] = strings.Join(values, ";")
	}
	for _, variable := range []string{"OIDC-gids", "REMOTE_USER", "SSL_CLIENT_O", "MELLON_NAME_ID", "MELLON_g"} {
		claims[variable] = strings.Join([]string{vocabulary[random.IntN(len(vocabulary))], vocabulary[random.IntN(len(vocabulary))]}[random.IntN(2):], ";")
	}
	return claims
}

// keystonePython is the distribution's Python, which has Keystone's package.
func keystonePython(t *testing.T) string {
	t.Helper()
	const python = "/usr/bin/python3"
	if exec.Command(python, "-c", "import keystone.federation.utils").Run() != nil {
		labtest.Require(t, "no Keystone here: apt-get install --no-install-recommends python3-keystone")
	}
	return python
}
