package iamtest

import (
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4"
)

func (s *Server) loginRoutes(m *http.ServeMux) {
	m.HandleFunc("POST /v3/OS-FEDERATION/identity_providers/{idp}/protocols/{protocol}/auth", on(s.exchange))
	m.HandleFunc("POST /v3.0/OS-AUTH/id-token/tokens", on(s.idTokenLogin))
}

// exchange is iam_13_0606: an ID token as bearer gives an unscoped token.
func (s *Server) exchange(r *http.Request) result {
	bearer, given := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	switch {
	case len(r.PathValue("idp")) > 64:
		return s.refuse(r, http.StatusBadRequest)
	case s.idps[r.PathValue("idp")] == nil:
		return s.refuse(r, http.StatusNotFound)
	case !given:
		return s.refuse(r, http.StatusUnauthorized)
	}
	t, status := s.federated(r.PathValue("idp"), r.PathValue("protocol"), bearer)
	if status != 0 {
		return s.refuse(r, status)
	}
	return s.issue(t)
}

// idTokenLogin is iam_13_0605: X-Idp-Id, and the ID token in the body, with a scope or
// without.
func (s *Server) idTokenLogin(r *http.Request) result {
	auth, ok := member(r, "auth")
	inner, hasToken := auth["id_token"].(object)
	bearer, _ := inner["id"].(string)
	scope, hasScope := auth["scope"].(object)
	if !ok || !hasToken || bearer == "" || !only(auth, "id_token", "scope") || auth["scope"] != nil && !hasScope || !asTold(r) || r.Header.Get("X-Idp-Id") == "" {
		return s.refuse(r, http.StatusBadRequest)
	}
	t, status := s.federated(r.Header.Get("X-Idp-Id"), "oidc", bearer)
	if status != 0 {
		return s.refuse(r, status)
	}
	if t.scope, status = s.place(scope); status == 0 && hasScope && !t.mayWorkIn(t.scope) {
		status = http.StatusForbidden
	}
	if status != 0 {
		return s.refuse(r, status)
	}
	return s.issue(t)
}

// federated verifies and maps. What refuses a token is 401, a disabled identity
// provider 403, a missing object 404; claims that no rule fits are 401, as Keystone
// has it: the tables do not say.
func (s *Server) federated(idp, protocol, bearer string) (token, int) {
	p := s.idps[idp]
	if p == nil {
		return token{}, http.StatusNotFound
	}
	mapping, there := p.protocols[protocol]
	switch {
	case !there || p.config == nil || s.mappings[mapping] == nil:
		return token{}, http.StatusNotFound
	case p.fields["enabled"] != true:
		return token{}, http.StatusForbidden
	}
	claims := verified(p.config, bearer)
	if claims == nil {
		return token{}, http.StatusUnauthorized
	}
	user, groups := evaluate(s.mappings[mapping]["rules"].([]any), claims)
	if user == "" {
		return token{}, http.StatusUnauthorized
	}
	return token{user: user, idp: idp, groups: existing(groups), methods: []string{"mapped"}}, 0
}

func existing(groups []string) []string {
	var out []string
	for _, name := range groups {
		if groupIDs()[name] != "" {
			out = append(out, name)
		}
	}
	return out
}

// verified gives the claims of an ID token that holds: signed by a key of the pasted
// set, which its kid names, made by idp_url for client_id, and not expired; else nil.
func verified(config object, bearer string) object {
	var set jose.JSONWebKeySet
	if json.Unmarshal([]byte(config["signing_key"].(string)), &set) != nil {
		return nil
	}
	signed, err := jose.ParseSignedCompact(bearer, []jose.SignatureAlgorithm{jose.RS256, jose.RS384, jose.RS512, jose.ES256, jose.ES384, jose.PS256})
	if err != nil {
		return nil
	}
	keys := set.Key(signed.Signatures[0].Protected.KeyID)
	if len(keys) != 1 {
		return nil
	}
	payload, err := signed.Verify(keys[0].Key)
	claims := object{}
	if err != nil || json.Unmarshal(payload, &claims) != nil {
		return nil
	}
	exp, _ := claims["exp"].(float64)
	audiences, _ := asTexts(claims["aud"])
	if claims["iss"] != config["idp_url"] || !meet(audiences, []any{config["client_id"]}) || time.Now().Unix() >= int64(exp) {
		return nil
	}
	return claims
}
