package mapping_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/lab/oracle"
	"github.com/fedstone/fedstone/validate/prove"
)

// TestProof logs in to Keystone with the mappings of the rules and with their mends, and sees what each rule promises.
// What other releases do is asked of their own mapping engine.
func TestProof(t *testing.T) {
	w := newWorld(t)
	for slug, proof := range map[string]func(t *testing.T, fires, silent string){
		"mapping-refused":             w.refused,
		"placeholder-out-of-range":    w.statuses(500, "DirectMappingError", "preferred_username=alice", "email=a@example.org"),
		"placeholder-of-a-condition":  w.statuses(500, "DirectMappingError", "sub=1", "groups=staff", "preferred_username=alice"),
		"placeholder-not-a-number":    w.statuses(500, "KeyError", "preferred_username=alice", "email=a@example.org"),
		"template-broken":             w.statuses(500, "KeyError", "preferred_username=alice"),
		"groups-unfiltered":           w.statuses(401, "", "preferred_username=alice", "groups=readers;my-name"),
		"groups-without-domain":       w.statuses(401, "domain", "preferred_username=alice", "groups=chess"),
		"group-name-misread":          w.statuses(401, "", "preferred_username=alice", "groups=readers;filename-readers"),
		"group-name-literal":          literalName,
		"groups-in-text":              w.groups(nil, []string{"team-blue"}, "sub=1", "groups=blue;red;team-blue"),
		"group-json-broken":           w.statuses(500, "KeyError", "sub=1", "groups=cloud-readers"),
		"everybody-gets-rights":       w.lets("members", "preferred_username=eve", "groups=guests"),
		"only-exclusions":             w.lets("members", "preferred_username=eve", "groups=Guests"),
		"whitelist-is-no-condition":   w.lets("admins", "preferred_username=eve", "groups=chess"),
		"filtered-claim-as-user":      w.filteredUser,
		"user-name-from-list":         w.oneUser(true, []string{"sub=1", "eduperson_entitlement=a;b"}, []string{"sub=2", "eduperson_entitlement=a;b"}),
		"group-name-from-list":        w.groups(nil, []string{"blue", "red"}, "sub=1", "groups=blue;red"),
		"user-from-display-name":      w.oneUser(true, []string{"sub=1", "name=Ann Lee", "email=a@example.org"}, []string{"sub=2", "name=Ann Lee", "email=b@example.org"}),
		"user-from-email":             w.oneUser(false, []string{"sub=1", "email=old@example.org"}, []string{"sub=1", "email=new@example.org"}),
		"two-rules-name-the-user":     w.oneUser(false, []string{"sub=1", "preferred_username=ann", "groups=staff;students"}, []string{"sub=1", "preferred_username=ann", "groups=students"}),
		"rule-twice":                  w.statuses(401, "", "sub=1", "groups=cloud-members"),
		"projects-replaced":           w.entered([]string{"shared"}, []string{"demo", "shared"}, "sub=1", "groups=staff"),
		"project-without-role":        w.entered([]string{}, []string{"demo"}, "sub=1", "groups=staff"),
		"name-too-long":               w.statuses(400, "", "sub=1", "groups=astro"),
		"local-user-incomplete":       w.localUser,
		"user-shared":                 w.oneUser(true, []string{"sub=1", "groups=operators"}, []string{"sub=2", "groups=operators"}),
		"user-missing":                w.statuses(401, "", "sub=1", "groups=cloud-readers"),
		"schema-version-unknown":      versionUnknown,
		"schema-2-without-domain":     noDomain,
		"group-by-id":                 w.statuses(500, "0f3c7d5a9b2e4f60a1c8d7e6b5a49382", "sub=1", "groups=cloud-readers"),
		"list-empty":                  w.groups(nil, []string{"readers"}, "sub=1", "groups=readers"),
		"rule-never-holds":            w.statuses(401, "", "sub=1", "client_id=terraform"),
		"value-not-text":              w.statuses(401, "", "sub=1", "acr=2"),
		"value-with-semicolon":        w.statuses(401, "", "sub=1", "groups=staff;students"),
		"regex-unanchored":            w.lets("members", "sub=1", "groups=my-cloud-users-no-more"),
		"regex-flag-missing":          w.groups(nil, []string{"project-1"}, "sub=1", "groups=project-1"),
		"regex-invalid":               w.statuses(500, "unterminated subpattern", "sub=1", "groups=teama"),
		"regex-may-hang":              hangs,
		"regex-dot-unescaped":         w.lets("members", "sub=1", "eppn=eve@mailxexample.org"),
		"local-empty":                 w.lets("", "sub=1", "groups=blocked"),
		"domain-empty":                w.statuses(404, "Could not find domain", "sub=1", "groups=readers"),
		"type-misspelt":               w.statuses(401, "", "preferred_username=alice", "HTTP_OIDC_GROUPS=staff"),
		"header-type-with-underscore": w.headers,
		"header-only-rule":            w.forged,
		"email-unverified":            w.lets("members", "sub=1", "email=eve@example.org", "email_verified=0"),
		"nested-claim":                w.statuses(401, "", "sub=1", `realm_access={"roles": ["cloud-user"]}`, "roles=cloud-user"),
		"duplicate-key":               w.statuses(401, "", "sub=1", "groups=staff"),
	} {
		t.Run(slug, func(t *testing.T) {
			t.Parallel()
			dir := filepath.Join("testdata", slug)
			proof(t, filepath.Join(dir, "fires"), filepath.Join(dir, "silent"))
		})
	}
}

func (w *world) refused(t *testing.T, fires, silent string) {
	for dir, want := range map[string]bool{fires: true, silent: false} {
		words, refused := w.keystone.Refused[idOf(dir)]
		if refused != want {
			t.Errorf("%s: refused %v, want %v: %s", dir, refused, want, words)
		}
	}
}

// literalName: the release before the fix counts 4711 as a number.
func literalName(t *testing.T, fires, silent string) {
	got := answer(t, "wallaby", fires, "preferred_username=alice", "groups=4711")
	same(t, "fires", []any{"TypeError", 400}, []any{got.Class, got.Status})
	same(t, "silent", "", answer(t, "wallaby", silent, "preferred_username=alice", "groups=project-4711").Class)
}

// filteredUser: who is not let through is the user "[]", with the rights of the rule.
func (w *world) filteredUser(t *testing.T, fires, silent string) {
	stranger := []string{"sub=1", "email=eve@elsewhere.org", "email_verified=1"}
	got := w.login(t, fires, stranger...)
	same(t, "fires", []any{201, "[]", []string{"members"}}, []any{got.Status, got.Name, got.Groups})
	same(t, "silent", 401, w.login(t, silent, stranger...).Status)
	got = w.login(t, silent, "sub=2", "email=ann@example.org", "email_verified=1")
	same(t, "silent, one who may", []any{201, "ann@example.org"}, []any{got.Status, got.Name})
}

// entered proves which projects a login may enter.
func (w *world) entered(fired, mended []string, claims ...string) func(t *testing.T, fires, silent string) {
	return func(t *testing.T, fires, silent string) {
		same(t, "fires", fired, w.projects(t, w.login(t, fires, claims...)))
		same(t, "silent", mended, w.projects(t, w.login(t, silent, claims...)))
	}
}

// localUser: with a domain, Keystone gets as far as looking for the user, whom it lacks.
func (w *world) localUser(t *testing.T, fires, silent string) {
	claims := []string{"preferred_username=keeper", "groups=operators"}
	got := w.login(t, fires, claims...)
	same(t, "fires", []any{400, true}, []any{got.Status, strings.Contains(got.reason, "domain")})
	got = w.login(t, silent, claims...)
	same(t, "silent", []any{401, true}, []any{got.Status, strings.Contains(got.reason, "Could not find user")})
}

func versionUnknown(t *testing.T, fires, silent string) {
	o := oracle.Open(t, "2024.1")
	got, err := o.Validate([]json.RawMessage{object(t, fires), object(t, silent)})
	if err != nil {
		t.Fatal(err)
	}
	same(t, "fires", []any{"KeyError", 500}, []any{got[0].Class, got[0].Status})
	same(t, "silent", []any{"", 0}, []any{got[1].Class, len(got[1].Messages)})
}

// noDomain: the engine of 2024.1 gives the user None for a domain, which it then looks into.
func noDomain(t *testing.T, fires, silent string) {
	for dir, want := range map[string]any{fires: nil, silent: map[string]any{"name": "op1"}} {
		var got struct{ User map[string]any }
		if err := json.Unmarshal(answer(t, "2024.1", dir, "sub=1", "groups=cloud-readers").Result, &got); err != nil {
			t.Fatal(err)
		}
		domain, has := got.User["domain"]
		same(t, dir, []any{true, want}, []any{has, domain})
	}
}

func hangs(t *testing.T, fires, silent string) {
	claim := "eppn=" + strings.Repeat("a", 40)
	same(t, "fires", true, answer(t, "zed", fires, "sub=1", claim).Hangs)
	same(t, "silent", false, answer(t, "zed", silent, "sub=1", claim).Hangs)
}

// bothWays is an httpd that hands claims on as headers and as variables, which is the module's default.
const bothWays = `Listen 5000
<VirtualHost *:5000>
    ServerName https://keystone.example.org:5000
    OIDCClaimPrefix "OIDC-"
    OIDCCryptoPassphrase "one of its own for this vhost"
    OIDCOAuthVerifyJwksUri https://op1.example.org/jwks
    OIDCOAuthRemoteUserClaim sub
    <Location /v3/OS-FEDERATION/identity_providers/op1/protocols/openid/auth>
        AuthType oauth20
        Require claim aud:keystone
    </Location>
    WSGIScriptAlias / /usr/bin/keystone-wsgi-public
</VirtualHost>
`

// headers: httpd hands claims on in both ways, and drops the header with the underscore.
func (w *world) headers(t *testing.T, fires, silent string) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "httpd.conf"), []byte(bothWays), 0o644); err != nil {
		t.Fatal(err)
	}
	site := prove.Start(t, dir)
	came := site.Ask(t, prove.Ask{Method: "POST", Path: "/v3/OS-FEDERATION/identity_providers/op1/protocols/openid/auth",
		Bearer: site.Token(t, "https://op1.example.org", prove.Claims{"preferred_username": "alice", "nickname": "al"})})
	same(t, "the header without _", "al", came.Env["HTTP_OIDC_NICKNAME"])
	for dir, want := range map[string]int{fires: 401, silent: 201} {
		env := map[string]string{}
		for name, value := range came.Env {
			if strings.HasPrefix(name, "OIDC") || strings.HasPrefix(name, "HTTP_OIDC") {
				env[name] = value
			}
		}
		got := read(t, w.ask(t, prove.Call{Path: "/v3/OS-FEDERATION/identity_providers/" + idOf(dir) + "/protocols/mapped/auth", Env: env}))
		same(t, dir, want, got.Status)
	}
}

// forged: the path of tokens, which no Location protects, runs the mapping on what a client sends.
func (w *world) forged(t *testing.T, fires, silent string) {
	for dir, want := range map[string]int{fires: 201, silent: 401} {
		got := read(t, w.ask(t, prove.Call{
			Path:   "/v3/auth/tokens",
			Header: map[string]string{"OIDC-sub": "eve", "OIDC-groups": "cloud-admins", "Content-Type": "application/json"},
			Body:   `{"auth": {"identity": {"methods": ["mapped"], "mapped": {"identity_provider": "` + idOf(dir) + `", "protocol": "mapped"}}}}`,
		}))
		same(t, dir, want, got.Status)
	}
}
