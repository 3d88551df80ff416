package examples_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/claims"
	"github.com/fedstone/fedstone/internal/mapping/engine"
)

// cloud is what a Keystone holds, as far as the examples ask for it.
type cloud struct {
	idp     string // the id of the identity provider's domain
	domains map[string]string
	groups  []cloudGroup
	locals  map[string]string // the ids of local users by name
}

type cloudGroup struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	DomainID string `json:"domain_id"`
}

// environment is what the lab's httpd makes of a token's claims.
func environment(t *testing.T, payload []byte) map[string]string {
	t.Helper()
	read, findings := claims.Read("payload", payload)
	if findings.HasErrors() {
		t.Fatal(findings)
	}
	m, err := claims.NewModule(claims.AuthOpenIDC, "2.4.12.3", claims.Bearer)
	if err != nil {
		t.Fatal(err)
	}
	m.Prefix, m.Delimiter, m.PassAs, m.RemoteUser = "OIDC-", ";", claims.Environment, "sub"
	return claims.Assertion(m.Environ(read), mappingRelease, "")
}

// predict says what becomes of a login in a cloud. lacks are words of the step
// that the cloud does not fulfil; "" when it fulfils all.
func predict(t *testing.T, at cloud, rules []byte, env map[string]string, lacks string) login {
	t.Helper()
	doc, findings := engine.Read("mapping.json", rules)
	if findings.HasErrors() {
		t.Fatal(findings)
	}
	p, err := engine.New(doc, engine.Options{Release: mappingRelease})
	if err != nil {
		t.Fatal(err)
	}
	outcome := p.Process(env)
	switch {
	case outcome.Undecidable != nil:
		t.Fatalf("undecidable: %s", outcome.Undecidable.Reason)
	case outcome.Error != nil:
		return login{Status: outcome.Error.Status}
	}
	n := p.Next(outcome.Mapped, engine.Facts{DomainID: at.idp, DomainName: "examples", RemoteUser: env["REMOTE_USER"], RemoteUserKnown: true})
	return at.resolve(t, n, lacks)
}

// resolve looks up in the cloud what Next names.
func (at cloud) resolve(t *testing.T, n engine.Next, lacks string) login {
	t.Helper()
	if n.Error != nil {
		return login{Status: n.Error.Status}
	}
	for _, s := range n.Steps {
		if lacks != "" && strings.Contains(s.Does, lacks) {
			return login{Status: s.Status}
		}
	}
	if lacks != "" {
		t.Errorf("no step says %q: %+v", lacks, n.Steps)
	}
	l := login{Status: 201, User: n.User.Name, UniqueID: n.User.UniqueID, Email: n.User.Email, ID: n.User.ID, Domain: at.domain(n.User.Domain)}
	if n.User.Type == "local" {
		l.ID = at.locals[n.User.Name]
	}
	for _, g := range at.groups {
		if slices.ContainsFunc(n.Groups, func(sought engine.SoughtGroup) bool { return at.is(g, sought) }) {
			l.Groups = append(l.Groups, g.Name)
		}
	}
	slices.Sort(l.Groups)
	for _, p := range n.Projects {
		if l.Projects == nil {
			l.Projects = map[string][]string{}
		}
		l.Projects[p.Name] = p.Roles
	}
	return l
}

func (at cloud) domain(d engine.DomainRef) string {
	if d.ID != "" {
		return d.ID
	}
	return at.domains[d.Name]
}

// is reports whether a group is the one sought, to a MariaDB as the lab has it.
func (at cloud) is(g cloudGroup, sought engine.SoughtGroup) bool {
	if sought.Domain == nil {
		return g.ID == sought.ID
	}
	return strings.EqualFold(g.Name, sought.Name) && g.DomainID == at.domain(*sought.Domain)
}
