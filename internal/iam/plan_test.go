package iam_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/apply"
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/iam"
	"github.com/fedstone/fedstone/internal/iam/iamtest"
	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/oidc/optest"
	"github.com/fedstone/fedstone/internal/secret"
	"github.com/fedstone/fedstone/internal/spec"
)

const keyOne = `{"kty":"EC","crv":"P-256","kid":"one","use":"sig","alg":"ES256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"}`

// site is a service and the client of its administrator.
type site struct {
	*testing.T
	cloud  *iamtest.Server
	client iam.Client
	keys   string // of every issuer
}

func newSite(t *testing.T) *site {
	t.Helper()
	s := &site{T: t, cloud: iamtest.New(t), keys: `{"keys":[` + keyOne + `]}`}
	s.client = s.session(s.cloud.Env())
	return s
}

// session is a client of whom the environment names.
func (s *site) session(env map[string]string) iam.Client {
	s.Helper()
	session, err := keystone.Connect(s.Context(), keystone.Auth{CAFile: s.cloud.CAFile, LookupEnv: func(name string) (string, bool) { v, ok := env[name]; return v, ok }})
	if err != nil {
		s.Fatal(err)
	}
	return iam.NewClient(session)
}

func (s *site) issuer(context.Context, spec.IdentityProvider) (iam.Issuer, error) {
	keys, err := oidc.ParseKeys([]byte(s.keys))
	return iam.Issuer{AuthorizationEndpoint: "https://sso.example.org/auth", Keys: keys}, err
}

// describe loads identity providers of the form "ID ISSUER GROUP".
func (s *site) describe(owner string, idps ...string) *spec.Federation {
	s.Helper()
	text := fmt.Sprintf("version: 1\nkeystone: {url: %s, owner: %s}\nplatform: otc-iam\nidentity_providers:\n", s.cloud.URL, owner)
	for _, one := range idps {
		f := strings.Fields(one)
		text += fmt.Sprintf("  %s:\n    issuer: https://%s.example.org\n    client: {id: cloud}\n    rules: [{user: {name: \"{sub}\"}, groups: [%s]}]\n", f[0], f[1], f[2])
	}
	fed, list := spec.Load("f.yaml", []byte(text))
	if list.HasErrors() {
		s.Fatal(list)
	}
	return fed
}

func (s *site) plan(fed *spec.Federation, opts iam.Options) (apply.Changes, finding.List) {
	s.Helper()
	mappings := map[string]iam.Mapping{}
	for _, idp := range fed.IdentityProviders {
		mappings[idp.ID.Value], _ = iam.Compile(idp)
	}
	opts.Issuer = s.issuer
	changes, list, err := iam.Plan(s.Context(), s.client, fed, mappings, opts)
	if err != nil {
		s.Fatal(err)
	}
	return changes, list
}

// apply executes a plan and gives it as text, one line a change.
func (s *site) apply(fed *spec.Federation, opts iam.Options) []string {
	s.Helper()
	changes, list := s.plan(fed, opts)
	if list.HasErrors() {
		s.Fatal(list)
	}
	if err := apply.Execute(s.Context(), changes, 4, func(apply.Change) {}); err != nil {
		s.Fatal(err)
	}
	return lines(changes)
}

func lines(changes apply.Changes) []string {
	out := []string{}
	for _, c := range changes.Pending() {
		out = append(out, c.String())
	}
	return out
}

func (s *site) want(what string, got []string, want ...string) {
	s.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		s.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// TestPlan: made in the order in which nobody gets in too early, then unchanged, and a
// changed issuer closes the identity provider while its rules change too.
func TestPlan(t *testing.T) {
	s := newSite(t)
	s.want("the first run", s.apply(s.describe("prod", "corp sso ops"), iam.Options{}),
		"+ mapping corp",
		`+ identity provider corp: enabled true, description "corp (made by fedstone for prod)"`,
		"+ OpenID Connect configuration corp: access_mode program, idp_url https://sso.example.org, client_id cloud, signing_key [one]",
		"+ protocol corp/oidc: mapping_id corp")
	if again := s.apply(s.describe("prod", "corp sso ops"), iam.Options{}); len(again) != 0 {
		t.Errorf("a second run: %q", again)
	}
	s.want("rules and issuer", s.apply(s.describe("prod", "corp login readers"), iam.Options{}),
		"~ identity provider corp: enabled true -> false",
		"~ mapping corp",
		"~ OpenID Connect configuration corp: idp_url https://sso.example.org -> https://login.example.org",
		"~ identity provider corp: enabled false -> true")
	if again := s.apply(s.describe("prod", "corp login readers"), iam.Options{}); len(again) != 0 {
		t.Errorf("after it: %q", again)
	}
}

func TestPlanKeys(t *testing.T) {
	s := newSite(t)
	fed := s.describe("prod", "corp sso ops")
	s.apply(fed, iam.Options{})
	s.keys = strings.Replace(s.keys, `"kid":"one"`, `"kid":"two"`, 1)
	reports, err := iam.CheckKeys(t.Context(), s.client, fed, s.issuer)
	if err != nil || len(reports) != 1 || reports[0].OK || reports[0].Missing[0].ID != "two" || reports[0].Stale[0] != "one" {
		t.Errorf("%+v %v", reports, err)
	}
	s.want("the plan", s.apply(fed, iam.Options{}), "~ OpenID Connect configuration corp: signing_key [one] -> [two]")
	if reports, err = iam.CheckKeys(t.Context(), s.client, fed, s.issuer); err != nil || !reports[0].OK {
		t.Errorf("after apply: %+v %v", reports, err)
	}
	s.keys = strings.Repeat("x", 10)
	if _, _, err := iam.Plan(t.Context(), s.client, fed, nil, iam.Options{Issuer: s.issuer}); err == nil {
		t.Error("a plan without the issuer's keys")
	}
}

func TestPrune(t *testing.T) {
	s := newSite(t)
	s.apply(s.describe("prod", "corp sso ops", "lab lab ops"), iam.Options{})
	s.apply(s.describe("other", "else sso2 ops"), iam.Options{})
	if kept := s.apply(s.describe("prod", "corp sso ops"), iam.Options{}); len(kept) != 0 {
		t.Errorf("without --prune: %q", kept)
	}
	s.want("with it", s.apply(s.describe("prod", "corp sso ops"), iam.Options{Prune: true}),
		"~ identity provider lab: enabled true -> false", "- protocol lab/oidc", "- mapping lab", "- identity provider lab")
	if again := s.apply(s.describe("prod", "corp sso ops"), iam.Options{Prune: true}); len(again) != 0 {
		t.Errorf("once more: %q", again)
	}
}

// TestNotOurs: what somebody else made stays, until it is taken over.
func TestNotOurs(t *testing.T) {
	s := newSite(t)
	ctx := t.Context()
	err := errors.Join(
		s.client.CreateIdentityProvider(ctx, iam.IdentityProvider{ID: "corp", Description: "by hand"}),
		s.client.CreateIdentityProvider(ctx, iam.IdentityProvider{ID: "staff", SSOType: "iam_user_sso"}),
		s.client.CreateMapping(ctx, iam.Mapping{ID: "lab", Rules: []iam.Rule{{Local: []iam.Local{{User: &iam.Name{Name: "x"}}}, Remote: []iam.Remote{{Type: "sub"}}}}}))
	if err != nil {
		t.Fatal(err)
	}
	fed := s.describe("prod", "corp sso ops", "staff sso2 ops", "lab sso3 ops")
	_, list := s.plan(fed, iam.Options{})
	s.want("findings", slugs(list), "5:3 not-ours", "9:3 iam-user-sso", "13:3 not-ours")
	_, list = s.plan(fed, iam.Options{Adopt: true})
	s.want("with --adopt", slugs(list), "9:3 iam-user-sso")
}

func slugs(list finding.List) []string {
	var out []string
	for _, f := range list {
		out = append(out, at(f)+" "+f.Slug)
	}
	return out
}

// TestRefused: both forms of an error's body are told, with the object that it is about.
func TestRefused(t *testing.T) {
	s := newSite(t)
	fed := s.describe("prod", "corp sso ops")
	s.cloud.Upset(503)
	_, _, err := iam.Plan(t.Context(), s.client, fed, nil, iam.Options{Issuer: s.issuer})
	if err == nil || !strings.Contains(err.Error(), "answer 503 (Service unavailable.)") {
		t.Errorf("Keystone's form: %v", err)
	}
	s.cloud.Upset(0)
	err = s.client.UpdateConfiguration(t.Context(), "corp", iam.Configuration{})
	if !keystone.IsNotFound(err) || !strings.Contains(err.Error(), "answer 404 (IAM.0004: Could not find the requested resource.)") {
		t.Errorf("IAM's form: %v", err)
	}
}

// TestForbidden: whoever is no administrator is told what the service asks for.
func TestForbidden(t *testing.T) {
	s, issuer := newSite(t), optest.New(t)
	keys, err := json.Marshal(issuer.Keys.Public())
	if err != nil {
		t.Fatal(err)
	}
	s.keys = string(keys)
	fed := s.describe("prod", "corp sso ops")
	fed.IdentityProviders[0].Issuer.Value = issuer.URL
	s.apply(fed, iam.Options{})
	claims := issuer.AccessClaims("cloud", "alice")
	claims["aud"] = "cloud"
	web, err := oidc.NewHTTPClient(s.cloud.CAFile)
	if err != nil {
		t.Fatal(err)
	}
	got, err := keystone.Exchange(t.Context(), web, s.cloud.URL, "corp", "oidc", secret.New(issuer.Sign(claims)))
	if err != nil || got.Status != 201 {
		t.Fatalf("the exchange: %d %s %v", got.Status, got.Body, err)
	}
	env := s.cloud.Env()
	env["OS_PASSWORD"], env["OS_TOKEN"] = "", got.Token().Reveal()
	err = s.session(env).DeleteMapping(t.Context(), "corp")
	if err == nil || !strings.Contains(err.Error(), "answer 403") || !strings.Contains(err.Error(), "Security Administrator") {
		t.Errorf("a user's request: %v", err)
	}
}

// TestInterrupted: a run that ends in the middle is carried on by the next.
func TestInterrupted(t *testing.T) {
	s := newSite(t)
	fed := s.describe("prod", "corp sso ops")
	changes, _ := s.plan(fed, iam.Options{})
	ctx, stop := context.WithCancel(t.Context())
	err := apply.Execute(ctx, changes, 1, func(c apply.Change) {
		if c.Kind == apply.IdentityProvider {
			stop()
		}
	})
	if err == nil || !strings.Contains(err.Error(), "2 of 4 changes were made") {
		t.Errorf("interrupted: %v", err)
	}
	s.want("the next run", s.apply(fed, iam.Options{}),
		"+ OpenID Connect configuration corp: access_mode program, idp_url https://sso.example.org, client_id cloud, signing_key [one]",
		"+ protocol corp/oidc: mapping_id corp")
}
