package iamtest_test

import (
	"maps"
	"strings"

	"github.com/fedstone/fedstone/internal/iam/iamtest"
)

// configStatuses: creating (iam_13_0207), updating (0208) and querying (0209) the OpenID
// Connect configuration, with the limits of table CreateOpenIDConnectConfig.
func (w *world) configStatuses() []published {
	for _, idp := range []string{"new", "bare"} {
		w.send(call{method: "PUT", path: idps + idp, body: object{"identity_provider": object{"enabled": true}}})
	}
	post := func(body object) call { return call{method: "POST", path: config("new"), body: body} }
	put := func(body object) call { return call{method: "PUT", path: config("new"), body: body} }
	console := w.config()
	maps.Copy(console, object{"access_mode": "program_console", "authorization_endpoint": "https://sso.example.org/auth", "scope": "openid email", "response_type": "id_token", "response_mode": "form_post"})
	without := func(name string, value any) object {
		c := maps.Clone(console)
		c[name] = value
		return object{"openid_connect_config": c}
	}
	const bad, page = "IAM.0011", "iam_13_0207"
	return []published{
		{page, 400, bad, post(w.with("access_mode", nil))}, {page, 400, bad, post(w.with("access_mode", "console"))},
		{page, 400, bad, post(w.with("idp_url", nil))}, {page, 400, bad, post(w.with("idp_url", "https://a"))}, {page, 400, bad, post(w.with("idp_url", "https://"+strings.Repeat("a", 248)))},
		{page, 400, bad, post(w.with("client_id", nil))}, {page, 400, bad, post(w.with("client_id", "abcd"))}, {page, 400, bad, post(w.with("client_id", strings.Repeat("a", 256)))},
		{page, 400, bad, post(w.with("signing_key", nil))}, {page, 400, bad, post(w.with("signing_key", "{}"))}, {page, 400, bad, post(w.with("signing_key", strings.Repeat("a", 30001)))},
		{page, 400, bad, post(w.with("jwks_uri", "https://sso.example.org/jwks"))},
		{page, 400, bad, post(without("authorization_endpoint", ""))}, {page, 400, bad, post(without("scope", "email"))}, {page, 400, bad, post(without("scope", "openid groups"))},
		{page, 400, bad, post(without("response_type", "code"))}, {page, 400, bad, post(without("response_mode", "query"))},
		{page, 401, "IAM.0001", call{method: "POST", path: config("new"), body: w.with("x", nil), header: as(nobody)}},
		{page, 403, "IAM.0003", call{method: "POST", path: config("new"), body: w.with("x", nil), header: as(w.alice)}},
		{page, 404, "IAM.0004", call{method: "POST", path: config("nobody"), body: w.with("x", nil)}},
		{"iam_13_0209", 404, "IAM.0004", call{method: "GET", path: config("new")}},
		{"iam_13_0208", 404, "IAM.0004", put(w.with("x", nil))},
		{page, 201, "", post(object{"openid_connect_config": console})},
		{page, 409, "IAM.0005", post(w.with("x", nil))},
		{"iam_13_0208", 200, "", put(object{"openid_connect_config": object{"client_id": "other"}})},
		{"iam_13_0208", 400, bad, put(object{"openid_connect_config": object{"client_id": ""}})},
		{"iam_13_0208", 401, "IAM.0001", call{method: "PUT", path: config("new"), body: w.with("x", nil), header: as(nobody)}},
		{"iam_13_0208", 403, "IAM.0003", call{method: "PUT", path: config("new"), body: w.with("x", nil), header: as(w.alice)}},
		{"iam_13_0209", 200, "", call{method: "GET", path: config("new")}},
		{"iam_13_0209", 400, bad, call{method: "GET", path: config("new"), header: untold}},
		{"iam_13_0209", 401, "IAM.0007", call{method: "GET", path: config("new"), header: as(nobody)}},
		{"iam_13_0209", 403, "IAM.0003", call{method: "GET", path: config("new"), header: as(w.alice)}},
	}
}

// refusedTokens are ID tokens that no login may take, by why.
func (w *world) refusedTokens() map[string]string {
	good := w.idToken(nil)
	other := w.issuer.Keys.RS256(w.issuer.AccessClaims("cloud", "alice"), map[string]any{"kid": "unknown"})
	return map[string]string{
		"iss": w.idToken(object{"iss": "https://other.example.org"}), "aud": w.idToken(object{"aud": "other"}), "exp": w.idToken(object{"exp": past()}),
		"kid": other, "signature": good[:strings.LastIndex(good, ".")+1] + strings.Repeat("A", 342), "form": "garbage",
		"rule": w.idToken(object{"preferred_username": "mallory"}),
	}
}

// exchangeStatuses: an unscoped token with an ID token (iam_13_0606).
func (w *world) exchangeStatuses() []published {
	w.send(call{method: "PUT", path: idps + "closed", body: object{"identity_provider": object{}}})
	w.send(call{method: "POST", path: config("closed"), body: w.with("x", nil)})
	w.send(call{method: "PUT", path: idps + "closed/protocols/oidc", body: object{"protocol": object{"mapping_id": "acme"}}})
	at := func(path string) call {
		c := w.exchange(w.idToken(nil))
		c.path = path
		return c
	}
	const page = "iam_13_0606"
	out := []published{
		{page, 201, "", w.exchange(w.idToken(nil))},
		{page, 400, "keystone", at(idps + strings.Repeat("x", 65) + "/protocols/oidc/auth")},
		{page, 401, "keystone", call{method: "POST", path: auth}},
		{page, 403, "keystone", at(idps + "closed/protocols/oidc/auth")},
		{page, 404, "keystone", at(idps + "nobody/protocols/oidc/auth")},
		{page, 404, "keystone", at(idps + "acme/protocols/saml/auth")},
	}
	for _, bearer := range w.refusedTokens() {
		out = append(out, published{page, 401, "keystone", w.exchange(bearer)})
	}
	return out
}

// secondStatuses: a token with an ID token in the body (iam_13_0605).
func (w *world) secondStatuses() []published {
	const page = "iam_13_0605"
	domain, project := object{"domain": object{"id": iamtest.DomainID}}, object{"project": object{"id": iamtest.ProjectID, "name": iamtest.ProjectName}}
	noIDP := w.second(w.idToken(nil), nil)
	noIDP.header = map[string]string{"X-Auth-Token": ""}
	unknown := w.second(w.idToken(nil), nil)
	unknown.header = map[string]string{"X-Auth-Token": "", "X-Idp-Id": "nobody"}
	closed := w.second(w.idToken(nil), nil)
	closed.header = map[string]string{"X-Auth-Token": "", "X-Idp-Id": "closed"}
	out := []published{
		{page, 201, "", w.second(w.idToken(nil), nil)}, {page, 201, "", w.second(w.idToken(nil), domain)}, {page, 201, "", w.second(w.idToken(nil), project)},
		{page, 400, "IAM.0011", noIDP}, {page, 400, "IAM.0011", w.second("", nil)},
		{page, 400, "IAM.0011", w.second(w.idToken(nil), object{"domain": domain["domain"], "project": project["project"]})},
		{page, 403, "IAM.0003", closed},
		{page, 404, "IAM.0004", unknown}, {page, 404, "IAM.0004", w.second(w.idToken(nil), object{"domain": object{"name": "other"}})},
	}
	for _, bearer := range w.refusedTokens() {
		out = append(out, published{page, 401, "IAM.0001", w.second(bearer, nil)})
	}
	return out
}

// scopedStatuses: a scoped token with an unscoped one (iam_13_0604).
func (w *world) scopedStatuses() []published {
	w.send(call{method: "PUT", path: mappings + "plain", body: object{"mapping": object{"rules": []object{{"local": []object{{"user": object{"name": "{0}"}}}, "remote": []object{{"type": "sub"}}}}}}})
	w.send(call{method: "PUT", path: idps + "plain", body: object{"identity_provider": object{"enabled": true}}})
	w.send(call{method: "POST", path: config("plain"), body: w.with("x", nil)})
	w.send(call{method: "PUT", path: idps + "plain/protocols/oidc", body: object{"protocol": object{"mapping_id": "plain"}}})
	groupless := w.exchange(w.idToken(nil))
	groupless.path = idps + "plain/protocols/oidc/auth"
	_, header, _ := w.send(groupless)
	to := func(token string, scope any) call {
		return call{method: "POST", path: "/v3/auth/tokens", body: tokenLogin(token, scope), header: map[string]string{"X-Auth-Token": "", "Content-Type": "application/json"}}
	}
	domain := object{"domain": object{"name": iamtest.DomainName}}
	const page = "iam_13_0604"
	return []published{
		{page, 201, "", to(w.alice, domain)},
		{page, 201, "", to(w.alice, object{"project": object{"name": iamtest.ProjectName, "domain": domain["domain"]}})},
		{page, 400, "keystone", to(w.alice, nil)},
		{page, 400, "keystone", to(w.alice, object{"project": object{"name": iamtest.ProjectName}})},
		{page, 401, "keystone", to("no-token", domain)},
		{page, 403, "keystone", to(header.Get("X-Subject-Token"), domain)},
		{page, 404, "keystone", to(w.alice, object{"project": object{"id": "nowhere"}})},
	}
}
