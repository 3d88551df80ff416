package iamtest_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/iam/iamtest"
)

// published is a status of a page's table, and the request that is answered with it.
type published struct {
	page   string // of opentelekomcloud-docs/identity-access-management, api-ref
	status int
	code   string // error_code; "keystone" for the older form of the body; "" for a success
	call   call
}

// TestPublishedStatuses: every status of the tables, but those that no request of ours
// brings about: 500 and 503 (TestUpset), and 409 for an update, of which no page says what
// it would conflict with.
func TestPublishedStatuses(t *testing.T) {
	w := newWorld(t)
	for _, family := range [][]published{w.providerStatuses(), w.protocolStatuses(), w.mappingStatuses(), w.configStatuses(), w.exchangeStatuses(), w.secondStatuses(), w.scopedStatuses(), w.tokenStatuses()} {
		for _, p := range family {
			t.Run(fmt.Sprintf("%s/%s %d", p.page, p.call.method, p.status), func(t *testing.T) {
				status, header, body := w.send(p.call)
				if status != p.status || code(body) != p.code {
					t.Errorf("%s %s: %d %q %v, want %d %q", p.call.method, p.call.path, status, code(body), body, p.status, p.code)
				}
				if strings.HasPrefix(p.page, "iam_13_060") && (status == 201) != (header.Get("X-Subject-Token") != "") {
					t.Errorf("X-Subject-Token of %d: %q", status, header.Get("X-Subject-Token"))
				}
			})
		}
	}
}

// providerStatuses: creating (0057845606), updating (0057845612), querying (0057845639)
// and deleting (0057845570) an identity provider.
func (w *world) providerStatuses() []published {
	body := object{"identity_provider": object{"description": "Stores ACME identities.", "enabled": true}}
	return []published{
		{"en-us_topic_0057845606", 201, "", call{method: "PUT", path: idps + "more", body: body}},
		{"en-us_topic_0057845606", 409, "keystone", call{method: "PUT", path: idps + "more", body: body}},
		{"en-us_topic_0057845606", 400, "keystone", call{method: "PUT", path: idps + "other", body: object{"identity_provider": object{"remote_ids": []string{}}}}},
		{"en-us_topic_0057845606", 400, "keystone", call{method: "PUT", path: idps + "other", body: body, header: untold}},
		{"en-us_topic_0057845606", 400, "keystone", call{method: "PUT", path: idps + strings.Repeat("x", 65), body: body}},
		{"en-us_topic_0057845606", 401, "keystone", call{method: "PUT", path: idps + "other", body: body, header: as(nobody)}},
		{"en-us_topic_0057845606", 403, "keystone", call{method: "PUT", path: idps + "other", body: body, header: as(w.alice)}},
		{"en-us_topic_0057845606", 405, "keystone", call{method: "POST", path: idps + "other", body: body}},
		{"en-us_topic_0057845606", 413, "keystone", call{method: "PUT", path: idps + "other", body: large()}},
		{"en-us_topic_0057845612", 200, "", call{method: "PATCH", path: idps + "more", body: body}},
		{"en-us_topic_0057845612", 404, "keystone", call{method: "PATCH", path: idps + "nobody", body: body}},
		{"en-us_topic_0057845612", 400, "keystone", call{method: "PATCH", path: idps + "more", body: object{}}},
		{"en-us_topic_0057845612", 400, "keystone", call{method: "PATCH", path: idps + "more", body: object{"identity_provider": object{}}}},
		{"en-us_topic_0057845639", 200, "", call{method: "GET", path: idps + "more", header: as(w.alice)}},
		{"en-us_topic_0057845639", 401, "keystone", call{method: "GET", path: idps + "more", header: as(nobody)}},
		{"en-us_topic_0057845639", 404, "keystone", call{method: "GET", path: idps + "nobody"}},
		{"en-us_topic_0057845581", 200, "", call{method: "GET", path: strings.TrimSuffix(idps, "/")}},
		{"en-us_topic_0057845570", 403, "keystone", call{method: "DELETE", path: idps + "more", header: as(w.alice)}},
		{"en-us_topic_0057845570", 204, "", call{method: "DELETE", path: idps + "more"}},
		{"en-us_topic_0057845570", 404, "keystone", call{method: "DELETE", path: idps + "more"}},
	}
}

// protocolStatuses: registering (0057845575), updating (0057845609), querying (0057845616),
// deleting (0057845559).
func (w *world) protocolStatuses() []published {
	body, one := object{"protocol": object{"mapping_id": "acme"}}, idps+"acme/protocols/saml"
	return []published{
		{"en-us_topic_0057845575", 201, "", call{method: "PUT", path: one, body: body}},
		{"en-us_topic_0057845575", 400, "keystone", call{method: "PUT", path: idps + "acme/protocols/openid", body: body}},
		{"en-us_topic_0057845575", 401, "keystone", call{method: "PUT", path: one, body: body, header: as(nobody)}},
		{"en-us_topic_0057845575", 403, "keystone", call{method: "PUT", path: one, body: body, header: as(w.alice)}},
		{"en-us_topic_0057845575", 404, "keystone", call{method: "PUT", path: idps + "nobody/protocols/oidc", body: body}},
		{"en-us_topic_0057845575", 405, "keystone", call{method: "POST", path: one, body: body}},
		{"en-us_topic_0057845575", 413, "keystone", call{method: "PUT", path: one, body: large()}},
		{"en-us_topic_0057845575", 409, "keystone", call{method: "PUT", path: one, body: body}},
		{"en-us_topic_0057845609", 200, "", call{method: "PATCH", path: one, body: body}},
		{"en-us_topic_0057845609", 400, "keystone", call{method: "PATCH", path: one, body: object{"protocol": object{}}}},
		{"en-us_topic_0057845609", 404, "keystone", call{method: "PATCH", path: idps + "nobody/protocols/oidc", body: body}},
		{"en-us_topic_0057845616", 200, "", call{method: "GET", path: one}},
		{"en-us_topic_0057845616", 404, "keystone", call{method: "GET", path: idps + "nobody/protocols/oidc"}},
		{"en-us_topic_0057845644", 200, "", call{method: "GET", path: idps + "acme/protocols"}},
		{"en-us_topic_0057845644", 404, "keystone", call{method: "GET", path: idps + "nobody/protocols"}},
		{"en-us_topic_0057845559", 204, "", call{method: "DELETE", path: one}},
		{"en-us_topic_0057845559", 404, "keystone", call{method: "DELETE", path: one}},
	}
}

// mappingStatuses: creating (0057845590), updating (0057845568), querying (0057845645),
// deleting (0057845648).
func (w *world) mappingStatuses() []published {
	body, one := object{"mapping": object{"rules": rules()}}, mappings+"more"
	bad := func(local, remote object) object {
		return object{"mapping": object{"rules": []object{{"local": []object{local}, "remote": []object{remote}}}}}
	}
	user, claim := object{"user": object{"name": "{0}"}}, object{"type": "sub"}
	return []published{
		{"en-us_topic_0057845590", 201, "", call{method: "PUT", path: one, body: body}},
		{"en-us_topic_0057845590", 409, "keystone", call{method: "PUT", path: one, body: body}},
		{"en-us_topic_0057845590", 400, "keystone", call{method: "PUT", path: mappings + "bad", body: bad(user, object{"type": "g", "any_one_of": []string{"a"}, "not_any_of": []string{"b"}})}},
		{"en-us_topic_0057845590", 400, "keystone", call{method: "PUT", path: mappings + "bad", body: bad(object{"group": object{"name": "a", "domain": object{"name": "d"}}}, claim)}},
		{"en-us_topic_0057845590", 400, "keystone", call{method: "PUT", path: mappings + "bad", body: bad(object{"projects": []string{}}, claim)}},
		{"en-us_topic_0057845590", 401, "keystone", call{method: "PUT", path: one, body: body, header: as(nobody)}},
		{"en-us_topic_0057845590", 403, "keystone", call{method: "PUT", path: one, body: body, header: as(w.alice)}},
		{"en-us_topic_0057845590", 405, "keystone", call{method: "POST", path: one, body: body}},
		{"en-us_topic_0057845590", 413, "keystone", call{method: "PUT", path: one, body: large()}},
		{"en-us_topic_0057845568", 200, "", call{method: "PATCH", path: one, body: body}},
		{"en-us_topic_0057845568", 400, "keystone", call{method: "PATCH", path: one, body: object{"mapping": object{"rules": []object{}}}}},
		{"en-us_topic_0057845568", 404, "keystone", call{method: "PATCH", path: mappings + "nobody", body: body}},
		{"en-us_topic_0057845645", 200, "", call{method: "GET", path: one}},
		{"en-us_topic_0057845645", 404, "keystone", call{method: "GET", path: mappings + "nobody"}},
		{"en-us_topic_0057845648", 204, "", call{method: "DELETE", path: one}},
		{"en-us_topic_0057845648", 404, "keystone", call{method: "DELETE", path: one}},
	}
}

// tokenStatuses: deleting a token (iam_02_0063), verifying one (en-us_topic_0057845585).
func (w *world) tokenStatuses() []published {
	subject := func(token, of string) map[string]string {
		return map[string]string{"X-Auth-Token": of, "X-Subject-Token": token}
	}
	return []published{
		{"en-us_topic_0057845585", 200, "", call{method: "GET", path: "/v3/auth/tokens", header: subject(w.alice, w.admin)}},
		{"en-us_topic_0057845585", 404, "keystone", call{method: "GET", path: "/v3/auth/tokens", header: subject(nobody, w.admin)}},
		{"iam_02_0063", 400, "keystone", call{method: "DELETE", path: "/v3/auth/tokens"}},
		{"iam_02_0063", 401, "keystone", call{method: "DELETE", path: "/v3/auth/tokens", header: subject(w.alice, nobody)}},
		{"iam_02_0063", 403, "keystone", call{method: "DELETE", path: "/v3/auth/tokens", header: subject(w.admin, w.alice)}},
		{"iam_02_0063", 204, "", call{method: "DELETE", path: "/v3/auth/tokens", header: subject(w.alice, w.alice)}},
		{"iam_02_0063", 404, "keystone", call{method: "DELETE", path: "/v3/auth/tokens", header: subject(w.alice, w.admin)}},
	}
}

// TestUpset: 500 and 503 in the form of each page.
func TestUpset(t *testing.T) {
	w := newWorld(t)
	for _, status := range []int{500, 503} {
		w.Upset(status)
		for path, want := range map[string]string{idps + "acme": "keystone", config("acme"): map[int]string{500: "IAM.0006", 503: "IAM.0503"}[status]} {
			if got, _, body := w.send(call{method: "GET", path: path}); got != status || code(body) != want {
				t.Errorf("%s: %d %q, want %d %q", path, got, code(body), status, want)
			}
		}
	}
	w.Upset(0)
	if w.ValidTokens() != 2 || len(w.Writes()) != 4 || iamtest.Password == "" {
		t.Errorf("%d tokens, %d writes; want those of the set-up", w.ValidTokens(), len(w.Writes()))
	}
}
