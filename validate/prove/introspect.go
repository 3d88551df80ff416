package prove

import (
	"net/http"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"
)

// introspect says of a token of this issuer whether it is active and what it claims (RFC 7662). Any client may ask.
func (p *provider) introspect(w http.ResponseWriter, r *http.Request, issuer string) {
	answer := Claims{"active": false}
	if claims := p.read(r.PostFormValue("token"), issuer); claims != nil {
		merge(answer, claims)
		answer["active"] = true
	}
	if p.changes.Introspection != nil {
		p.changes.Introspection(issuer, answer)
	}
	answerJSON(w, http.StatusOK, answer)
}

// userinfo says of a bearer of an access token who that is.
func (p *provider) userinfo(w http.ResponseWriter, r *http.Request, issuer string) {
	token := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	if token == "" {
		token = r.PostFormValue("access_token")
	}
	claims := p.read(token, issuer)
	if claims == nil {
		w.Header().Set("WWW-Authenticate", `Bearer error="invalid_token"`)
		answerJSON(w, http.StatusUnauthorized, map[string]string{"error": "invalid_token"})
		return
	}
	name, _ := claims["preferred_username"].(string)
	scope, _ := claims["scope"].(string)
	said := person(name).scoped(scope)
	if p.changes.UserInfo != nil {
		p.changes.UserInfo(issuer, said)
	}
	answerJSON(w, http.StatusOK, said)
}

// read gives the claims of a token that this issuer made and that has not expired, else nil.
func (p *provider) read(token, issuer string) Claims {
	p.mu.Lock()
	claims, known := p.opaque[issuer+" "+token]
	p.mu.Unlock()
	if !known {
		claims = p.readJWT(token, issuer)
	}
	if exp, ok := seconds(claims["exp"]); ok && exp < time.Now().Unix() {
		return nil
	}
	return claims
}

func (p *provider) readJWT(token, issuer string) Claims {
	keys, err := p.keysOf(issuer)
	if err != nil {
		return nil
	}
	parsed, err := jwt.ParseSigned(token, []jose.SignatureAlgorithm{jose.RS256, jose.ES256})
	if err != nil {
		return nil
	}
	_, kid := keys.signer(parsed.Headers[0].Algorithm)
	set := keys.public()
	claims := Claims{}
	if err := parsed.Claims(set.Key(kid)[0], (*map[string]any)(&claims)); err != nil {
		return nil
	}
	return claims
}

// seconds reads a time claim as JSON or Go has it.
func seconds(v any) (int64, bool) {
	switch n := v.(type) {
	case float64:
		return int64(n), true
	case int64:
		return n, true
	case int:
		return int64(n), true
	}
	return 0, false
}
