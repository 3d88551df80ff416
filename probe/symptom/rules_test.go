package symptom

import (
	"encoding/base64"
	"slices"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/spec"
)

const described = `version: 1
keystone: {url: "https://keystone.test", dashboards: ["https://dashboard.test"]}
platform: debian-12
httpd: {crypto_passphrase: {env: P}}
identity_providers:
  corp:
    issuer: https://sso.test/realms/corp
    client: {id: keystone, secret: {env: S}}
    bearer: {audience: keystone, clients: [cli]}
    domain: corp
    rules:
      - when:
          department: {any_of: [physics]}
        user: {name: "{preferred_username}"}
        groups: "{groups}"
        only: {groups: [staff]}
`

// unsigned makes a token of claims: nobody looks at its signature here.
func unsigned(claims string) string {
	part := func(text string) string { return base64.RawURLEncoding.EncodeToString([]byte(text)) }
	return part(`{"alg":"RS256","typ":"JWT"}`) + "." + part(claims) + "." + part("signature")
}

func corp(t *testing.T) (*spec.Federation, *spec.IdentityProvider) {
	t.Helper()
	fed, list := spec.Load("federation.yaml", []byte(described))
	if fed == nil || len(list) > 0 {
		t.Fatal(list)
	}
	return fed, &fed.IdentityProviders[0]
}

// The description's rules, for a token's claims: what comes of them, and the line
// that stops them.
func TestDescribedRules(t *testing.T) {
	fed, idp := corp(t)
	cases := map[string]struct {
		claims     string
		fact       Fact
		why, where string
	}{
		"taken":              {`{"sub":"1","iss":"i","preferred_username":"alice","department":"physics","groups":["staff"]}`, UserMade, "", ""},
		"another department": {`{"sub":"1","iss":"i","preferred_username":"alice","department":"law","groups":["staff"]}`, NoRuleFits, "came: law", "federation.yaml:13:"},
		"no such claim":      {`{"sub":"1","iss":"i","preferred_username":"alice","groups":["staff"]}`, NoRuleFits, "OIDC-department", "federation.yaml:13:"},
		"no user name":       {`{"sub":"1","iss":"i","department":"physics","groups":["staff"]}`, NoRuleFits, "OIDC-preferred_username", "federation.yaml:12:"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			r := DescribedRules(fed, idp, nil).Judge(fed, idp, unsigned(c.claims))
			if r.Fact != c.fact || !strings.Contains(r.Why, c.why) || !strings.HasPrefix(r.Where, c.where) {
				t.Errorf("%+v", r)
			}
		})
	}
	r := DescribedRules(fed, idp, nil).Judge(fed, idp, unsigned(cases["taken"].claims))
	if !slices.Equal(r.Groups, []string{"staff"}) || r.User != "alice" {
		t.Errorf("gives user %q and groups %q", r.User, r.Groups)
	}
}

// What Keystone makes of a stored mapping, by the exception that ends it.
func TestStoredRules(t *testing.T) {
	fed, idp := corp(t)
	remote := `"remote":[{"type":"OIDC-preferred_username"}]`
	cases := map[string]struct {
		local string
		fact  Fact
	}{
		"gives nothing":         {`[]`, RulesGiveNothing},
		"no name":               {`[{"user":{"email":"{0}"},"group":{"id":"x"}}]`, UserMade}, // REMOTE_USER stands in
		"index":                 {`[{"user":{"name":"{9}"}}]`, IndexOutOfRange},
		"name in braces":        {`[{"user":{"name":"{preferred_username}"}}]`, RulesCrash},
		"open brace":            {`[{"user":{"name":"{0"}}]`, RulesCrash},
		"groups, no domain":     {`[{"user":{"name":"{0}"},"groups":"{0}"}]`, GroupsWithoutDomain},
		"local user":            {`[{"user":{"name":"{0}","type":"local","domain":{"name":"d"}}}]`, LocalUserWanted},
		"a group called name":   {`[{"user":{"name":"{0}"},"groups":"names","domain":{"name":"d"}}]`, GroupCalledName},
		"a name beside a group": {`[{"user":{"name":"{0}"},"group":{"id":"abc"}}]`, UserMade},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			set := StoredRules("corp", []byte(`{"rules":[{"local":`+c.local+`,`+remote+`}]}`))
			r := set.Judge(fed, idp, unsigned(`{"sub":"1","iss":"i","preferred_username":"alice"}`))
			if r.Fact != c.fact || r.Whose != "Keystone's mapping corp" {
				t.Errorf("%+v, want %q", r, c.fact)
			}
		})
	}
}

// What cannot be read or decided gives no fact, and nothing is guessed.
func TestRulesThatCannotBeJudged(t *testing.T) {
	fed, idp := corp(t)
	for name, r := range map[string]Rules{
		"no mapping":   StoredRules("corp", []byte(`{`)).Judge(fed, idp, unsigned(`{}`)),
		"opaque token": DescribedRules(fed, idp, nil).Judge(fed, idp, "opaque"),
	} {
		if r.Fact != "" {
			t.Errorf("%s: %+v", name, r)
		}
	}
}
