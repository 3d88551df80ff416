package spec

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestChecks is about what sound YAML can say wrongly. Each case adds to the
// minimal file or changes a piece of it.
func TestChecks(t *testing.T) {
	second := "  partner:\n    issuer: %s\n    client: {id: keystone, secret: {env: A}}\n    rules: [{user: {name: \"{sub}\"}}]\n"
	idp := func(issuer string) string { return minimal + strings.Replace(second, "%s", issuer, 1) }
	issuer := func(url string) string { return changed(t, "https://sso.example.org/realms/corp", url) }
	rule := func(more string) string { return minimal + "        " + more + "\n" }
	cases := map[string]struct {
		src  string
		want []string
	}{
		"id with a slash":         {changed(t, "  corp:", "  a/b:"), []string{"8:3 bad-id"}},
		"owner with a space":      {changed(t, "keystone.example.org:5000", "keystone.example.org:5000\n  owner: two words"), []string{"4:10 bad-id"}},
		"id with a dot first":     {changed(t, "  corp:", "  .corp:"), []string{"8:3 bad-id"}},
		"id of two dots":          {changed(t, "  corp:", "  ..:"), []string{"8:3 bad-id"}},
		"id with a dot last":      {changed(t, "  corp:", "  corp.:"), []string{"8:3 bad-id"}},
		"id with a homograph":     {changed(t, "  corp:", "  cоrp:"), []string{"8:3 bad-id"}},
		"id of 65":                {changed(t, "  corp:", "  "+strings.Repeat("a", 65)+":"), []string{"8:3 bad-id", "8:3 bad-name"}},
		"ids by case":             {strings.Replace(idp("https://b.example.org"), "partner", "CORP", 1), []string{"13:3 id-collision"}},
		"keystone with v3":        {changed(t, ":5000", ":5000/v3"), []string{"3:8 keystone-url"}},
		"keystone with v3/":       {changed(t, ":5000", ":5000/v3/"), []string{"3:8 keystone-url"}},
		"keystone with slash":     {changed(t, ":5000", ":5000/"), []string{"3:8 url"}},
		"keystone below a path":   {changed(t, ":5000", "/identity"), nil},
		"issuer with slash":       {issuer("https://sso.example.org/"), nil},
		"issuer on IPv6":          {issuer(`"https://[2001:db8::1]:8443/x"`), nil},
		"issuer with userinfo":    {issuer("https://a@b.example.org"), []string{"9:13 url"}},
		"issuer with traversal":   {issuer("https://b.example.org/..%2f"), []string{"9:13 url"}},
		"same issuer twice":       {idp("https://sso.example.org/realms/corp"), []string{"14:13 issuer-twice"}},
		"twin with slash":         {idp("https://sso.example.org/realms/corp/"), []string{"14:13 issuer-twins"}},
		"twin by scheme":          {idp("http://sso.example.org/realms/corp"), []string{"14:13 issuer-twins", "14:13 url"}},
		"twin by case":            {idp("https://sso.example.org/realms/Corp"), []string{"14:13 issuer-twins"}},
		"shared domain":           {idp("https://b.example.org") + "    domain: Corp\n", []string{"17:13 domain-shared"}},
		"issuer of 75 on 2025.2":  {strings.Replace(issuer("https://login.example.org/"+strings.Repeat("a", 49)), "platform", "  release: \"2025.2\"\nplatform", 1), nil},
		"issuer of 75 on 2026.1":  {strings.Replace(issuer("https://login.example.org/"+strings.Repeat("a", 49)), "platform", "  release: \"2026.1\"\nplatform", 1), []string{"10:13 remote-id-too-long"}},
		"issuer beyond a name":    {issuer("https://login.example.org/" + strings.Repeat("a", 228)), []string{"9:13 issuer-too-long"}},
		"issuer beyond a column":  {issuer("https://login.example.org/" + strings.Repeat("a", 300)), []string{"9:13 issuer-too-long", "9:13 remote-id-too-long"}},
		"protocol of another":     {minimal + "    protocol: saml2\n", []string{"13:15 protocol"}},
		"protocol made up":        {minimal + "    protocol: oidc\n", []string{"13:15 protocol"}},
		"protocol mapped":         {minimal + "    protocol: mapped\n", nil},
		"scopes without openid":   {minimal + "    scopes: [email]\n", []string{"13:14 scope"}},
		"two scopes in one":       {minimal + "    scopes: [openid email]\n", []string{"13:14 scope", "13:14 scope"}},
		"client with umlaut":      {changed(t, "id: keystone", "id: schlüssel"), []string{"10:18 client-id"}},
		"dashboard http":          {changed(t, "platform", "  dashboards: [http://d.example.org]\nplatform"), []string{"4:16 url"}},
		"listen address":          {changed(t, "httpd:", "httpd:\n  listen: \"[::1]:5000\""), nil},
		"listen nonsense":         {changed(t, "httpd:", "httpd:\n  listen: everywhere"), []string{"6:11 bad-address"}},
		"CAs twice":               {changed(t, "httpd:", "httpd:\n  ca_bundle: /etc/ca.pem\n  ca_file: ca.pem"), []string{"7:12 ca-twice"}},
		"listen on the gate":      {changed(t, "httpd:", "httpd:\n  listen: 5051"), []string{"6:11 gate-port"}},
		"register, no credential": {minimal + "    register: {by: keycloak}\n", []string{"13:15 register-credential"}},
		"register, credentials":   {minimal + "    register: {by: keycloak, initial_access_token: {env: A}, client: {id: a, secret: {env: B}}}\n", []string{"13:15 register-credential"}},
		"register, an account":    {changed(t, "{env: CORP_CLIENT_SECRET}", "{file: a}") + "    register: {by: dynamic, client: {id: a, secret: {env: B}}}\n", []string{"13:42 register-credential"}},
		"register, one secret":    {minimal + "    register: {by: keycloak, initial_access_token: {env: T}, clients: {one: {grants: [password], secret: {file: s}}, two: {grants: [password], secret: {file: s}}}}\n    bearer: {audience: k, clients: [one, two]}\n", []string{"13:152 register-secret"}},
		"register, made secrets":  {minimal + "    register: {by: dynamic}\n", []string{"10:36 register-secret"}},
		"register, a stranger":    {minimal + "    register: {by: keycloak, initial_access_token: {env: A}, clients: {cli: {grants: [code]}}}\n", []string{"13:72 register-client"}},
		"register, party as cli":  {minimal + "    register: {by: keycloak, initial_access_token: {env: A}, clients: {keystone: {grants: [code]}}}\n", []string{"13:72 register-client"}},
		"register, no secret":     {minimal + "    bearer: {clients: [cli]}\n    register: {by: keycloak, initial_access_token: {env: A}, clients: {cli: {grants: [client_credentials]}}}\n", []string{"14:77 register-grant"}},
		"register, bad grant":     {minimal + "    bearer: {clients: [cli]}\n    register: {by: keycloak, initial_access_token: {env: A}, clients: {cli: {grants: [implicit]}}}\n", []string{"14:87 unknown-value"}},
		"register, endpoint":      {minimal + "    register: {by: keycloak, initial_access_token: {env: A}, endpoint: http://sso.example.org/x}\n", []string{"13:72 url"}},
		"relative key":            {changed(t, "httpd:", "httpd:\n  tls: {certificate: /a, key: ../b}"), []string{"6:31 bad-path"}},
		"path with dots":          {changed(t, "httpd:", "httpd:\n  ca_bundle: /etc/../b"), []string{"6:14 bad-path"}},
		"memcache alone":          {changed(t, "httpd:", "httpd:\n  cache: {type: memcache}"), []string{"6:17 cache-servers"}},
		"a cache nobody knows":    {changed(t, "httpd:", "httpd:\n  cache: {type: memcached}"), []string{"6:17 unknown-value"}},
		"shm with servers":        {changed(t, "httpd:", "httpd:\n  cache: {type: shm, servers: [\"a:1\"]}"), []string{"6:32 cache-servers"}},
		"server without port":     {changed(t, "httpd:", "httpd:\n  cache: {type: memcache, servers: [a]}"), []string{"6:37 bad-address"}},
		"redis":                   {changed(t, "httpd:", "httpd:\n  cache: {type: redis, servers: [\"a:1\"], password: {env: R}}"), nil},
		"redis on two":            {changed(t, "httpd:", "httpd:\n  cache: {type: redis, servers: [\"a:1\", \"b:1\"]}"), []string{"6:41 cache-servers"}},
		"redis where none is":     {strings.Replace(changed(t, "httpd:", "httpd:\n  cache: {type: redis, servers: [\"a:1\"]}"), "debian-12", "rhosp-17.1", 1), []string{"6:17 cache-redis"}},
		"password of memcache":    {changed(t, "httpd:", "httpd:\n  cache: {type: memcache, servers: [\"a:1\"], password: {env: R}}"), []string{"6:55 cache-password"}},
		"cookies on two":          {changed(t, "httpd:", "httpd:\n  sessions: cookie") + "controllers: {a: 10.0.0.1, b: 10.0.0.2}\n", nil},
		"global to a provider":    {minimal + "browser: {global_websso: corp, login_page: skipped, first_choice: corp}\n", nil},
		"global to a list":        {strings.Replace(minimal, "debian-12", "rhosp-17.1", 1) + "browser: {global_websso: list}\n", nil},
		"global to an empty list": {minimal + "browser: {global_websso: list}\n", []string{"13:26 provider-list"}},
		"global to nobody":        {minimal + "browser: {global_websso: other}\n", []string{"13:26 unknown-provider"}},
		"first choice of nobody":  {minimal + "browser: {first_choice: list}\n", []string{"13:25 unknown-provider"}},
		"global, two meanings":    {strings.Replace(changed(t, "  corp:", "  list:"), "debian-12", "rhosp-17.1", 1) + "browser: {global_websso: list}\n", []string{"13:26 id-taken"}},
		"skipped while closed":    {minimal + "browser: {login_page: skipped}\n", []string{"13:23 login-page"}},
		"logout to nowhere":       {minimal + "browser: {logout: everywhere}\n", []string{"13:19 logout"}},
		"logout":                  {changed(t, "platform", "  dashboards: [https://d.example.org]\nplatform") + "browser: {logout: everywhere}\n", nil},
		"logout by POST":          {changed(t, "platform", "  dashboards: [https://d.example.org]\n  release: \"2026.1\"\nplatform") + "browser: {logout: everywhere}\n", []string{"15:19 logout"}},
		"logout by POST, skipped": {changed(t, "platform", "  dashboards: [https://d.example.org]\n  release: \"2026.1\"\nplatform") +
			"browser: {logout: everywhere, login_page: skipped, global_websso: corp}\n", nil},
		"shm on three":           {minimal + "controllers: {a: 10.0.0.1, b: 10.0.0.2}\n", []string{"13:15 cache-shm"}},
		"shm in pods":            {changed(t, "debian-12", "rhoso-18"), []string{"4:11 cache-shm"}},
		"controller address":     {minimal + "controllers: {a: 10.0.0.1:5000}\n", []string{"13:18 bad-address"}},
		"controllers by case":    {changed(t, "httpd:", "httpd:\n  cache: {type: memcache, servers: [\"a:1\"]}") + "controllers: {a: 10.0.0.1, A: 10.0.0.2}\n", []string{"14:28 controller-collision"}},
		"hardening off":          {minimal + "    without: {pkce: the provider refuses a challenge}\n", []string{"13:21 hardening-off"}},
		"hardening off, all":     {changed(t, "httpd:", "httpd:\n  without: {claim_guard: the load balancer does it}"), []string{"6:26 hardening-off"}},
		"hardening off, unsaid":  {minimal + "    without: {pkce: broken}\n", []string{"13:21 hardening-reason"}},
		"hardening unknown":      {minimal + "    without: {pcke: the provider refuses it}\n", []string{"13:15 unknown-key"}},
		"rules and mapping":      {minimal + "    mapping: m.json\n", []string{"13:14 mapping-or-rules"}},
		"path like an option":    {minimal + "    metadata: -rf\n", []string{"13:15 bad-path"}},
		"index in a template":    {changed(t, "{preferred_username}", "{0}"), []string{"12:22 template"}},
		"attribute":              {changed(t, "{preferred_username}", "{0.__class__}"), []string{"12:22 template"}},
		"conversion":             {changed(t, "{preferred_username}", "{sub!r}"), []string{"12:22 template"}},
		"open brace":             {changed(t, "{preferred_username}", "{sub"), []string{"12:22 template"}},
		"closing brace":          {changed(t, "{preferred_username}", "sub}"), []string{"12:22 template"}},
		"constant user":          {changed(t, "{preferred_username}", "admin"), []string{"12:22 constant-user"}},
		"no user":                {changed(t, `user: {name: "{preferred_username}"}`, "groups: [a]"), []string{"12:9 rule-without-user"}},
		"only an address":        {changed(t, `{name: "{preferred_username}"}`, `{email: "{email}"}`), []string{"12:9 rule-without-user"}},
		"user by another rule":   {minimal + "      - when: {groups: {any_of: [a]}}\n        groups: [a]\n", nil},
		"user by a wider rule":   {changed(t, "- user", "- when: {a: {any_of: [b]}}\n        user") + "      - when: {c: {any_of: [d]}, a: {any_of: [b]}}\n        groups: [a]\n", nil},
		"user by a narrow rule":  {changed(t, "- user", "- when: {a: {any_of: [b]}}\n        user") + "      - groups: [a]\n", []string{"14:9 rule-without-user"}},
		"rule that is none":      {changed(t, `user: {name: "{preferred_username}"}`, "user"), []string{"12:9 wrong-type"}},
		"groups with text":       {rule(`groups: "os-{groups}"`), []string{"13:17 template"}},
		"claim among groups":     {rule("groups: [ops, \"{groups}\"]\n        only: {groups: [a]}"), nil},
		"claims among groups":    {rule(`groups: ["{a}", "{b}"]`), []string{"13:25 bad-name"}},
		"text among groups":      {rule(`groups: ["{a}-b"]`), []string{"13:18 template"}},
		"filter of nothing":      {rule(`only: {groups: [a]}`), []string{"13:16 filter-unused"}},
		"filtered twice":         {rule("groups: \"{g}\"\n        only: {g: [a]}\n        except: {g: [b]}"), []string{"15:18 filter-twice"}},
		"group that traps":       {rule("groups: \"{g}\"\n        only: {g: [renamed]}"), []string{"14:20 group-name-trap"}},
		"groups of all kinds":    {rule("groups: [ops, \"{g}\", {id: 0cd5e9}, {name: ops, domain: other}, {name: ops, domain: {id: d1}}]\n        only: {g: {matches: [\"^cloud-\"]}}"), nil},
		"groups of a domain":     {rule("groups: {from: \"{g}\", domain: other}\n        group_ids: \"{ids}\""), nil},
		"groups of two claims":   {rule("groups: [\"{a}\", {from: \"{b}\"}]"), []string{"13:32 groups-from-two"}},
		"group by name and id":   {rule("groups: [{id: a, name: b}]"), []string{"13:18 group-form"}},
		"group by domain":        {rule("groups: [{domain: b}]"), []string{"13:18 group-form"}},
		"group by id in domain":  {rule("groups: [{id: a, domain: b}]"), []string{"13:18 group-form"}},
		"group twice":            {rule("groups: [{name: a, domain: b}, {domain: b, name: a}]"), []string{"13:40 duplicate-value"}},
		"group with a brace":     {rule("groups: [{name: \"a{b}\"}, {id: \"{b}\"}, {name: a, domain: \"{c}\"}, {name: a, domain: {id: \"{d}\"}}]"), []string{"13:25 bad-name", "13:39 bad-name", "13:65 bad-name", "13:96 bad-name"}},
		"group ids with text":    {rule(`group_ids: "x{ids}"`), []string{"13:20 template"}},
		"trap in an expression":  {rule("groups: \"{g}\"\n        only: {g: {matches: [rename]}}"), nil},
		"filter of group ids":    {rule("group_ids: \"{g}\"\n        except: {g: {matches: [\"a(\"]}}"), []string{"14:32 bad-pattern"}},
		"user in a domain":       {changed(t, `{name: "{preferred_username}"}`, `{name: "{sub}", domain: {id: abc}, type: ephemeral}`), nil},
		"domain of a claim":      {changed(t, `{name: "{preferred_username}"}`, `{name: "{sub}", domain: "{d}"}`), []string{"12:39 domain-of-claim"}},
		"local user":             {changed(t, `{name: "{preferred_username}"}`, `{name: "{sub}", domain: corp, type: local}`), []string{"12:51 local-user"}},
		"local user by id":       {changed(t, `{name: "{preferred_username}"}`, `{id: "{sub}", type: local}`), []string{"12:35 local-user"}},
		"local user, no domain":  {changed(t, `{name: "{preferred_username}"}`, `{name: "{sub}", type: local}`), []string{"12:15 local-user", "12:37 local-user"}},
		"local user, no name":    {changed(t, `{name: "{preferred_username}"}`, `{domain: a, type: local}`), []string{"12:9 rule-without-user", "12:15 local-user", "12:33 local-user"}},
		"local user with more":   {changed(t, `{name: "{preferred_username}"}`, `{name: "{sub}", id: "{sub}", email: "{email}", type: local, domain: d}`) + "        groups: [a]\n", []string{"12:9 local-user-gifts", "12:35 local-user-part", "12:51 local-user-part", "12:68 local-user"}},
		"local user by id in":    {changed(t, `{name: "{preferred_username}"}`, `{id: "{sub}", type: local, domain: d}`), []string{"12:15 local-user-part", "12:35 local-user"}},
		"user of another type":   {changed(t, `{name: "{preferred_username}"}`, `{name: "{sub}", type: remote}`), []string{"12:37 unknown-value"}},
		"variable":               {changed(t, "{preferred_username}", "{env(REMOTE_USER)}"), nil},
		"variable in conditions": {rule("when: {env(MELLON_groups): {any_of: [a]}, Shib-x: {any_of: [b]}}\n        groups: \"{env(MELLON_groups)}\"\n        only: {env(MELLON_groups): [a]}"), nil},
		"variable of a header":   {changed(t, "{preferred_username}", "{env(HTTP_X_USER)}"), []string{"12:22 template"}},
		"condition on a header":  {rule("when: {env(HTTP_OIDC_ISS): {any_of: [a]}}"), []string{"13:16 claim-name"}},
		"filter of a request":    {rule("groups: \"{env(QUERY_STRING)}\"\n        only: {env(QUERY_STRING): [a]}"), []string{"13:17 template", "14:16 claim-name", "14:16 filter-unused"}},
		"variable of a claim":    {rule("when: {env(OIDC-sub): {any_of: [a]}}"), []string{"13:16 claim-name"}},
		"variable not closed":    {rule("when: {\"env(A\": {any_of: [a]}}"), []string{"13:16 claim-name"}},
		"client by a variable":   {minimal + "    bearer: {client_claim: env(REMOTE_USER)}\n", []string{"13:28 claim-name"}},
		"pattern":                {rule("when: {g: {matches: [\"a(\"]}}"), []string{"13:30 bad-pattern"}},
		"pattern of Python":      {rule("when: {g: {matches: [\"^(?=a)\\\\w+$\"]}}"), nil},
		"pattern that explodes":  {rule("when: {g: {matches: [\"(a+)+$\"]}}"), []string{"13:30 slow-pattern"}},
		"claim by URL":           {changed(t, "{preferred_username}", "{https://example.org/name}"), nil},
		"project of a claim":     {rule(`projects: [{name: "of {p}", roles: [member]}]`), nil},
		"project with a brace":   {rule(`projects: [{name: "{p", roles: [member]}]`), []string{"13:27 template"}},
		"grant with a brace":     {minimal + "    groups: {a: [{project: \"{p}\", roles: [member]}]}\n", []string{"13:28 bad-name"}},
		"groups by case":         {minimal + "    groups: {a: , A: []}\n", []string{"13:19 group-collision"}},
		"group with a blank":     {minimal + "    groups: {\"a \": []}\n", []string{"13:14 bad-name"}},
		"grant needs client":     {minimal + "    probe: {grant: client_credentials}\n", []string{"13:20 probe-needs", "13:20 probe-needs"}},
		"grant needs user":       {minimal + "    probe: {grant: password, client: {id: keystone}}\n", []string{"13:20 probe-needs", "13:20 probe-needs"}},
		"grant needs file":       {minimal + "    probe: {grant: file}\n", []string{"13:20 probe-needs"}},
		"probe not let in":       {minimal + "    probe: {grant: client_credentials, client: {id: cli, secret: {env: A}}}\n", []string{"13:53 probe-client"}},
		"foreign let in":         {minimal + "    probe: {grant: file, token_file: t, foreign: {id: keystone, secret: {env: A}}}\n", []string{"13:55 probe-foreign"}},
		"key for a secret":       {minimal + "    probe: {grant: client_credentials, client: {id: keystone, key: -k, secret: {env: A}}}\n", []string{"13:68 bad-path", "13:68 client-credential"}},
		"method for a key":       {minimal + "    probe: {grant: device, client: {id: keystone, key: k, auth_method: client_secret_post}}\n", []string{"13:72 client-credential"}},
		"foreign without secret": {minimal + "    probe: {grant: stdin, foreign: {id: wiki}}\n", []string{"13:41 probe-needs"}},
		"grant with leftovers":   {minimal + "    probe: {grant: device, client: {id: keystone}, username: a, redirect_port: 1, token_file: t}\n", []string{"13:80 probe-unused", "13:95 probe-unused"}},
		"device needs client":    {minimal + "    probe: {grant: device}\n", []string{"13:20 probe-needs"}},
		"exec needs command":     {minimal + "    probe: {grant: exec, token: {file: t}}\n", []string{"13:33 probe-needs"}},
		"literal token":          {minimal + "    probe: {grant: exec, token: opaque}\n", []string{"13:33 literal-secret"}},
		"user twice":             {minimal + "    probe: {grant: stdin, user: a, expect: {user: b}}\n", []string{"13:51 probe-user"}},
		"lifetime as a number":   {minimal + "    probe: {grant: stdin, expect: {lifetime: \"5\"}}\n", []string{"13:46 bad-duration"}},
		"a wait too long":        {minimal + "    probe: {grant: stdin, must_be_refused: {a: {token_file: t, after: 61s}}}\n", []string{"13:71 out-of-range"}},
		"refused by foreign":     {minimal + "    probe: {grant: stdin, must_be_refused: {foreign: {token_file: t}}}\n", []string{"13:45 refused-token"}},
		"refused by case":        {minimal + "    probe: {grant: stdin, must_be_refused: {a: {token_file: t}, A: {token_file: t}}}\n", []string{"13:65 refused-token"}},
		"refused without token":  {minimal + "    probe: {grant: stdin, must_be_refused: {a: {}}}\n", []string{"13:45 refused-token"}},
		"refused, but let in":    {minimal + "    probe: {grant: stdin, must_be_refused: {a: {client: {id: keystone, secret: {env: A}}, after: 5s}}}\n", nil},
		"token in the file":      {minimal + "    probe: {grant: file, token_file: eyJhbGciOiJSUzI1NiJ9.e30.c2ln}\n", []string{"13:20 probe-needs", "13:38 literal-secret"}},
		"want misspelt":          {minimal + "    tests: [{name: a, claims: {}, want: {usr: a}}]\n", []string{"13:42 unknown-key"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			_, list := Load("f.yaml", []byte(c.src))
			if diff := cmp.Diff(c.want, told(list)); diff != "" {
				t.Errorf("%s\n%v", diff, list)
			}
		})
	}
}

func TestURLProblem(t *testing.T) {
	good := []string{"https://a", "https://a.example.org", "https://a.example.org:8443/x/y", "https://xn--bcher-kva.example.org/",
		"https://10.0.0.1:5000", "https://[2001:db8::1]/x", "https://a/b%20c", "https://a/~b_c.d-e"}
	bad := []string{"", "a.example.org", "ftp://a", "http://a", "https://", "https:///x", "https://a:443", "https://a:0", "https://a:65536",
		"https://a:", "https://a:08443", "https://a:x", "https://A.example.org", "https://a.", "https://a..b", "https://-a", "https://a_b",
		"https://a?b", "https://a?", "https://a#", "https://a#b", "https://a/../b", "https://a/./b", "https://a/%2e%2e/b", "https://a/%2E",
		"https://a/b%2Fc", "https://a/%5cb", `https://a\b`, "https://a//b", "https://[fe80::1%25eth0]/", "https://[10.0.0.1]/", "https://[::1]:443",
		"https://bücher.example.org", "https://a/ü", "https://a/b c", "https://a/%zz", "HTTPS://a", `https://a/"`, "https://a/<b>", "https://a/{b}",
		"https://" + strings.Repeat("a.", 130) + "org", "https://a/$b", "https://a/*"}
	for _, raw := range good {
		if problem, _ := urlProblem(raw, anyPath); problem != "" {
			t.Errorf("%q: %s", raw, problem)
		}
	}
	for _, raw := range bad {
		if problem, _ := urlProblem(raw, anyPath); problem == "" {
			t.Errorf("%q passed", raw)
		}
	}
}

// What is offered as the mend must pass itself.
func TestURLMend(t *testing.T) {
	for raw, want := range map[string]string{
		"http://a/b": "https://a/b", "https://a/b?c": "https://a/b", "https://a:443/b": "https://a/b",
		"https://A.Example.org/B": "https://a.example.org/B", "https://a/": "https://a",
	} {
		_, mend := urlProblem(raw, noFinalSlash)
		if diff := cmp.Diff(want, mend); diff != "" {
			t.Errorf("%s: %s", raw, diff)
		}
		if problem, _ := urlProblem(mend, noFinalSlash); problem != "" {
			t.Errorf("%s is mended to %s, which %s", raw, mend, problem)
		}
	}
}
