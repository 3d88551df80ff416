package probe

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/oidc/optest"
	"github.com/fedstone/fedstone/internal/spec"
	"github.com/fedstone/fedstone/probe/symptom"
)

// unscopedAnswer and scopedAnswer are what Keystone 22.0.2 wrote for one login.
const (
	unscopedAnswer = `{"token": {"methods": ["openid"], "user": {"domain": {"id": "3166725fad6f42dba147e0e496e64d6b", "name": "corp"},
		"id": "5a507237144ca0e7f967a64845e0723196b1101a4ba8d7699dd9c98b5467da75", "name": "bob",
		"OS-FEDERATION": {"groups": [{"id": "2ad03a0a0fd1437b907fac102410dc4f"}], "identity_provider": {"id": "corp"}, "protocol": {"id": "openid"}}},
		"audit_ids": ["RMbhYu4XTvKlHX1kpTAClA"], "expires_at": "2026-11-22T16:12:26.000000Z", "issued_at": "2026-11-22T15:12:26.000000Z"}}`
	scopedAnswer = `{"token": {"methods": ["token", "openid"], "user": {"domain": {"id": "3166725fad6f42dba147e0e496e64d6b", "name": "corp"},
		"id": "5a507237144ca0e7f967a64845e0723196b1101a4ba8d7699dd9c98b5467da75", "name": "bob",
		"OS-FEDERATION": {"groups": [{"id": "2ad03a0a0fd1437b907fac102410dc4f"}], "identity_provider": {"id": "corp"}, "protocol": {"id": "openid"}}},
		"audit_ids": ["SegvLaU3TNasMtGYcMOdwg"], "expires_at": "2026-11-22T16:12:26.000000Z", "issued_at": "2026-11-22T15:12:27.000000Z",
		"project": {"domain": {"id": "3166725fad6f42dba147e0e496e64d6b", "name": "corp"}, "id": "294f290894d84f8fbf1bf1e79cd7d883", "name": "demo"},
		"is_domain": false, "roles": [{"id": "1779d7ef20fa490c8f7eecace8956859", "name": "reader", "domain_id": null, "options": {"immutable": true}}],
		"catalog": [{"endpoints": [{"id": "d2222a95b4d34fdebf0eedf80bcab871", "interface": "public", "region_id": "RegionOne", "url": "https://localhost:15000/v3", "region": "RegionOne"}],
			"id": "be9a43a883fa4382a260db236d945266", "type": "identity", "name": "keystone"}]}}`
	// iamAnswer is the example of the IAM services' documentation.
	iamAnswer = `{"token": {"expires_at": "2026-11-22T16:12:26.000000Z", "methods": ["mapped"], "issued_at": "2026-11-22T15:12:26.000000Z",
		"user": {"OS-FEDERATION": {"identity_provider": {"id": "corp"}, "protocol": {"id": "openid"}, "groups": [{"id": "06aa22601502cec4a23ac0084a74038f", "name": "admin"}]},
		"domain": {"name": "corp", "id": "06ba0970a097acc0f36c0086bb6cfe0"}, "name": "FederationUser", "id": "LdUTYSC7zmJVIic3yaCbLBXDxPAdDxLg"}}}`
)

func tokenOf(t *testing.T, text string) tokenBody {
	t.Helper()
	body, fault := parseToken([]byte(text))
	if fault != nil {
		t.Fatal(fault)
	}
	return body
}

func judgingOf(t *testing.T) judging {
	return judging{
		id: "corp", protocol: "openid", domain: "corp", project: name{"294f290894d84f8fbf1bf1e79cd7d883", "demo"},
		before: tokenOf(t, unscopedAnswer), now: time.Date(2026, 11, 22, 15, 12, 27, 0, time.UTC),
	}
}

func TestSoundTokens(t *testing.T) {
	for text, rules := range map[string][]rule{unscopedAnswer: unscopedRules(), scopedAnswer: scopedRules(), iamAnswer: unscopedRules()} {
		if got := judgingOf(t).wrongs(tokenOf(t, text), rules); len(got) > 0 {
			t.Errorf("%.40s…: %v", text, got)
		}
	}
}

// put changes one field of a token; nil takes it away.
func put(path string, value any) func(tokenBody) {
	return func(t tokenBody) {
		names := strings.Split(path, ".")
		object := map[string]any(t)
		for _, name := range names[:len(names)-1] {
			object = object[name].(map[string]any)
		}
		if object[names[len(names)-1]] = value; value == nil {
			delete(object, names[len(names)-1])
		}
	}
}

type harmed struct {
	harm  func(tokenBody)
	known symptom.Fact
	says  string
}

func TestUnscopedFields(t *testing.T) {
	list := func(one ...any) []any { return one }
	cases := map[string]harmed{
		"methods, another":         {put("methods", list("password")), symptom.OtherMethods, `token.methods is ["password"]; expected ["openid"]`},
		"methods, a string":        {put("methods", "openid"), symptom.OtherMethods, `token.methods is "openid"`},
		"methods, of a rescope":    {put("methods", list("token", "openid")), symptom.OtherMethods, `["token","openid"]`},
		"no user":                  {put("user", nil), symptom.LocalUser, "token.user.OS-FEDERATION is missing"},
		"user, a string":           {put("user", "bob"), symptom.NotAsAPI, "token.user.id is missing; expected an id"},
		"no user id":               {put("user.id", nil), symptom.NotAsAPI, "token.user.id is missing"},
		"a number for an id":       {put("user.id", 7.0), symptom.NotAsAPI, "token.user.id is 7; expected an id"},
		"no user name":             {put("user.name", ""), symptom.NotAsAPI, `token.user.name is ""`},
		"a list for a name":        {put("user.name", "['a', 'b']"), symptom.UserNameMany, `['a', 'b']`},
		"a delimiter in a name":    {put("user.name", "a;b"), symptom.UserNameMany, "a;b"},
		"a name misread":           {put("user.name", "ZoÃ«"), symptom.UserNameBytes, `token.user.name is "ZoÃ«"`},
		"no domain":                {put("user.domain", nil), symptom.NotAsAPI, "token.user.domain.id is missing"},
		"another domain":           {put("user.domain.name", "Default"), symptom.OtherDomain, `token.user.domain.name is "Default"; expected corp`},
		"a local user":             {put("user.OS-FEDERATION", nil), symptom.LocalUser, "token.user.OS-FEDERATION is missing"},
		"another provider":         {put("user.OS-FEDERATION.identity_provider.id", "partner"), symptom.ForeignIDP, `identity_provider.id is "partner"; expected corp`},
		"provider, a string":       {put("user.OS-FEDERATION.identity_provider", "corp"), symptom.ForeignIDP, "identity_provider.id is missing"},
		"another protocol":         {put("user.OS-FEDERATION.protocol.id", "saml2"), symptom.ForeignProto, `protocol.id is "saml2"; expected openid`},
		"groups, null":             {put("user.OS-FEDERATION.groups", nil), symptom.NotAsAPI, "groups is missing; expected a list"},
		"groups, a string":         {put("user.OS-FEDERATION.groups", "readers"), symptom.NotAsAPI, `groups is "readers"; expected a list`},
		"groups, names":            {put("user.OS-FEDERATION.groups", list("readers")), symptom.NotAsAPI, `groups is ["readers"]`},
		"a group without id":       {put("user.OS-FEDERATION.groups", list(map[string]any{"name": "readers"})), symptom.NotAsAPI, `groups is [{"name":"readers"}]`},
		"no audit ids":             {put("audit_ids", nil), symptom.NotAsAPI, "audit_ids is missing"},
		"audit ids, a string":      {put("audit_ids", "RMbhYu4XTvKlHX1kpTAClA"), symptom.NotAsAPI, "expected a list of one or two ids"},
		"three audit ids":          {put("audit_ids", list("RMbhYu4XTvKlHX1kpTAClA", "RMbhYu4XTvKlHX1kpTAClA", "RMbhYu4XTvKlHX1kpTAClA")), symptom.NotAsAPI, "one or two"},
		"odd audit ids":            {put("audit_ids", list("not an id")), symptom.NotAsAPI, "not an id"},
		"issued, no time":          {put("issued_at", "yesterday"), symptom.TimeOdd, `token.issued_at is "yesterday"; expected a time in UTC`},
		"issued, a number":         {put("issued_at", 1.7e9), symptom.TimeOdd, "token.issued_at is 1700000000"},
		"expires, another zone":    {put("expires_at", "2026-11-22T18:12:26.000000+02:00"), symptom.TimeOdd, "+02:00"},
		"expires, no zone":         {put("expires_at", "2026-11-22T16:12:26.000000"), symptom.TimeOdd, "expected a time in UTC"},
		"expired":                  {put("expires_at", "2026-11-22T15:12:26.500000Z"), symptom.ExpiryPast, "expected a time to come"},
		"expires before its issue": {put("expires_at", "2026-11-22T15:12:00.000000Z"), symptom.ExpiryPast, "expected a time to come"},
		"issued in the future":     {put("issued_at", "2026-11-22T15:14:00.000000Z"), symptom.ClockAhead, "not later than the answer's Date"},
		"a project":                {put("project", map[string]any{"id": "p"}), symptom.ScopedAtOnce, `token.project is {"id":"p"}`},
		"roles":                    {put("roles", []any{}), symptom.ScopedAtOnce, "token.roles is []"},
		"a catalog":                {put("catalog", []any{}), symptom.ScopedAtOnce, "token.catalog is []"},
		"a domain":                 {put("domain", map[string]any{"id": "d"}), symptom.ScopedAtOnce, "token.domain"},
		"is_domain":                {put("is_domain", false), symptom.ScopedAtOnce, "token.is_domain is false"},
		"the system":               {put("system", map[string]any{"all": true}), symptom.ScopedAtOnce, "token.system"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) { tc.check(t, unscopedAnswer, unscopedRules()) })
	}
}

func TestScopedFields(t *testing.T) {
	cases := map[string]harmed{
		"another project":        {put("project.id", "another"), symptom.OtherScope, `token.project.id is "another"; expected 294f290894d84f8fbf1bf1e79cd7d883`},
		"no project":             {put("project", nil), symptom.OtherScope, "token.project.id is missing"},
		"a project without name": {put("project.name", nil), symptom.NotAsAPI, "token.project.name is missing"},
		"a project's domain":     {put("project.domain", nil), symptom.NotAsAPI, "token.project.domain.id is missing"},
		"no role":                {put("roles", []any{}), symptom.NoRole, "token.roles is []; expected at least one role"},
		"roles, names":           {put("roles", []any{"reader"}), symptom.NotAsAPI, `token.roles is ["reader"]`},
		"roles missing":          {put("roles", nil), symptom.NotAsAPI, "token.roles is missing"},
		"no is_domain":           {put("is_domain", nil), symptom.NotAsAPI, "token.is_domain is missing"},
		"is_domain, a string":    {put("is_domain", "false"), symptom.NotAsAPI, `token.is_domain is "false"; expected true or false`},
		"no catalog":             {put("catalog", nil), symptom.NotAsAPI, "token.catalog is missing"},
		"methods of the login":   {put("methods", []any{"openid"}), symptom.OtherMethods, `["openid"]; expected ["token","openid"]`},
		"another user":           {put("user.id", "another"), symptom.UserChanged, `token.user.id is "another"`},
		"another user's domain":  {put("user.domain.id", "another"), symptom.UserChanged, "token.user.domain.id"},
		"a longer life":          {put("expires_at", "2026-11-22T16:12:28.000000Z"), symptom.ExpiryExtended, "not later than the unscoped token's"},
		"another provider":       {put("user.OS-FEDERATION.identity_provider.id", "partner"), symptom.ForeignIDP, "partner"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) { tc.check(t, scopedAnswer, scopedRules()) })
	}
}

// check looks for the fault, and that the field is told once.
func (c harmed) check(t *testing.T, text string, rules []rule) {
	t.Helper()
	body := tokenOf(t, text)
	c.harm(body)
	told := map[string]int{}
	found := false
	for _, w := range judgingOf(t).wrongs(body, rules) {
		line := w.words["field"] + " is " + w.words["seen"] + "; expected " + w.words["wanted"]
		found = found || w.known == c.known && strings.Contains(line, c.says)
		if told[w.words["field"]]++; told[w.words["field"]] > 1 {
			t.Errorf("%s is told twice", w.words["field"])
		}
	}
	if !found {
		t.Errorf("got %v; want %q with %q", judgingOf(t).wrongs(body, rules), c.known, c.says)
	}
}

// Several faults: the one that says most is the cause, the others stand beside it.
func TestSeveralFaults(t *testing.T) {
	c := newCloud(t, "corp")
	c.at(authPath("corp"), afterHTTPD(c, func(w http.ResponseWriter) {
		whole := unscoped("corp")
		token := tokenBody(whole["token"].(map[string]any))
		put("audit_ids", nil)(token)
		put("issued_at", "now")(token)
		put("user.name", "['a', 'b']")(token)
		w.Header().Set("X-Subject-Token", c.mint("corp"))
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusCreated)
		_ = json.NewEncoder(w).Encode(whole)
	}))
	s := stepOf(t, run(t, c, c.options(t)), "body")
	notes := strings.Join(s.Notes, "\n")
	if s.Verdict != Fail || s.Symptom != "user-name-list" || !strings.Contains(s.Cause, "several values") || !strings.Contains(s.Mend, "single value") {
		t.Errorf("%+v", s)
	}
	for _, want := range []string{"token.issued_at", "[time-not-utc]", "token.audit_ids is missing", "[answer-not-as-api]", "Vary: X-Auth-Token"} {
		if !strings.Contains(notes, want) {
			t.Errorf("no %q in the notes:\n%s", want, notes)
		}
	}
	c.expectAllRevoked(t)
}

// Every fault is a symptom of its own: it has a slug, a cause and a mend without
// a word in braces left.
func TestFaultsHaveSymptoms(t *testing.T) {
	v := &visit{idp: &spec.IdentityProvider{}, fed: &spec.Federation{}}
	slugs := map[string]symptom.Fact{}
	for _, r := range append(unscopedRules(), scopedRules()...) {
		o := v.faulty(t.Context(), "body", keystone.Answer{Status: 201, AnsweredBy: keystone.ByItself}, []wrong{odd(r.known, "token."+r.path, "x", "y")})
		if o.symptom == "" || o.mend == "" || !strings.Contains(o.cause, "token."+r.path) {
			t.Errorf("%s: %+v", r.path, o)
		}
		if other, ok := slugs[o.symptom]; ok && other != r.known {
			t.Errorf("%q and %q are both %s", other, r.known, o.symptom)
		}
		slugs[o.symptom] = r.known
	}
}

func TestTokenHeader(t *testing.T) {
	for value, says := range map[string]string{
		"gAAAAABr-x_y=": "", "": "none at all", "a b": "spaces", "a, b": "commas", "a\tb": "spaces", "ä": "commas", strings.Repeat("a", longToken): "", strings.Repeat("a", longToken+1): "servers refuse longer headers",
	} {
		got := tokenFaults(keystone.Answer{Header: http.Header{"X-Subject-Token": {value}}})
		if (says == "") != (len(got) == 0) || says != "" && !strings.Contains(got[0].words["seen"]+got[0].words["wanted"], says) {
			t.Errorf("%.10q: %v, want %q", value, got, says)
		}
	}
}

func TestHeaderNotes(t *testing.T) {
	for name, tc := range map[string]struct {
		header http.Header
		notes  int
	}{
		"as Keystone writes them": {http.Header{"Content-Type": {"application/json"}, "Vary": {"X-Auth-Token"}}, 0},
		"as a proxy adds to them": {http.Header{"Content-Type": {"application/json; charset=utf-8"}, "Vary": {"Accept-Encoding, x-auth-token"}}, 0},
		"in two headers":          {http.Header{"Content-Type": {"application/json"}, "Vary": {"Origin", "X-Auth-Token"}}, 0},
		"another type":            {http.Header{"Content-Type": {"text/html"}, "Vary": {"*"}}, 1},
		"none":                    {http.Header{}, 2},
	} {
		if got := headerNotes(keystone.Answer{Header: tc.header}); len(got) != tc.notes {
			t.Errorf("%s: %q, want %d", name, got, tc.notes)
		}
	}
}

func TestMisread(t *testing.T) {
	for text, want := range map[string]string{"ZoÃ«": "Zoë", "Zoë": "", "zoe": "", "": "", "naïve": "", "日本": "", "å±±ç\u0094°": "山田"} {
		if got := misread(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// An error whose code is not the status has been changed on the way.
func TestChangedError(t *testing.T) {
	c := newCloud(t, "corp")
	c.at("/v3/auth/projects", func(w http.ResponseWriter, _ *http.Request) {
		optest.JSON(w, 503, map[string]any{"error": map[string]any{"code": 401, "message": "m"}})
	})
	s := stepOf(t, run(t, c, c.options(t)), "projects")
	if notes := strings.Join(s.Notes, "\n"); s.Verdict != Fail || !strings.Contains(notes, "changes answers: error.code is 401 and the status 503, error.title is missing") {
		t.Errorf("%+v", s)
	}
}
