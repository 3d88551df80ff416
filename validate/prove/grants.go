package prove

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

var pages = template.Must(template.New("login").Parse(`<!DOCTYPE html><title>Sign in</title>
<form method="post" action="{{.}}"><input name="username"><input name="password" type="password"><button>Sign in</button></form>
{{define "post"}}<!DOCTYPE html><title>Submit</title><form method="post" action="{{.To}}">
{{range $name, $values := .Fields}}{{range $values}}<input type="hidden" name="{{$name}}" value="{{.}}">{{end}}{{end}}</form>{{end}}`))

// authorize shows the login form and, once it is sent, goes back to the relying party (OpenID Connect Core 3.1.2, 3.2.2).
func (p *provider) authorize(w http.ResponseWriter, r *http.Request, issuer string) {
	if err := r.ParseForm(); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	if r.PostForm.Get("username") == "" {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_ = pages.Execute(w, r.URL.RequestURI()) // a client that has gone away needs no page
		return
	}
	l := login{issuer, r.PostForm.Get("username"), r.URL.Query()}
	fields, err := p.authorized(l)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	goBack(w, r, l.request, fields)
}

// authorized is what goes back: a code, an ID token, or both, as response_type wants.
func (p *provider) authorized(l login) (url.Values, error) {
	fields := url.Values{}
	if state := l.request.Get("state"); state != "" {
		fields.Set("state", state)
	}
	for _, want := range strings.Fields(l.request.Get("response_type")) {
		switch want {
		case "code":
			code := rand.Text()
			p.mu.Lock()
			p.codes[code] = l
			p.mu.Unlock()
			fields.Set("code", code)
		case "id_token":
			token, err := p.idToken(l, fields.Get("code"))
			if err != nil {
				return nil, err
			}
			fields.Set("id_token", token)
		}
	}
	return fields, nil
}

// goBack answers by query, fragment or form, as response_mode wants (OAuth 2.0 Form Post Response Mode).
func goBack(w http.ResponseWriter, r *http.Request, request, fields url.Values) {
	to, mode := request.Get("redirect_uri"), request.Get("response_mode")
	if mode == "" && request.Get("response_type") != "code" {
		mode = "fragment"
	}
	switch mode {
	case "form_post":
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_ = pages.ExecuteTemplate(w, "post", map[string]any{"To": template.URL(to), "Fields": fields})
	case "fragment":
		http.Redirect(w, r, to+"#"+fields.Encode(), http.StatusFound)
	default:
		join := "?"
		if strings.Contains(to, "?") {
			join = "&"
		}
		http.Redirect(w, r, to+join+fields.Encode(), http.StatusFound)
	}
}

// idToken is the ID token of a login; a code that goes with it is bound to it by c_hash (Core 3.3.2.11).
func (p *provider) idToken(l login, code string) (string, error) {
	now := time.Now().Unix()
	claims := person(l.user).scoped(l.request.Get("scope"))
	merge(claims, Claims{"iss": l.issuer, "aud": l.request.Get("client_id"), "iat": now, "exp": now + 300, "auth_time": now})
	if nonce := l.request.Get("nonce"); nonce != "" {
		claims["nonce"] = nonce
	}
	if code != "" {
		sum := sha256.Sum256([]byte(code))
		claims["c_hash"] = base64.RawURLEncoding.EncodeToString(sum[:16])
	}
	if p.changes.IDToken != nil {
		p.changes.IDToken(l.issuer, claims)
	}
	return p.sign(&draft{claims: claims, header: Header{"alg": "RS256", "typ": "JWT"}, issuer: l.issuer}, nil)
}

// token answers the token endpoint: a code once, with PKCE where the login began with it (RFC 7636), or client credentials.
func (p *provider) token(w http.ResponseWriter, r *http.Request, issuer string) {
	l := login{issuer: issuer, user: "service", request: url.Values{"scope": {r.PostFormValue("scope")}}}
	if r.PostFormValue("grant_type") == "authorization_code" {
		p.mu.Lock()
		known, ok := p.codes[r.PostFormValue("code")]
		delete(p.codes, r.PostFormValue("code"))
		p.mu.Unlock()
		if !ok || known.issuer != issuer || !proves(known.request, r.PostFormValue("code_verifier")) || known.request.Get("redirect_uri") != r.PostFormValue("redirect_uri") {
			answerJSON(w, http.StatusBadRequest, map[string]string{"error": "invalid_grant"})
			return
		}
		l = known
	}
	p.answerTokens(w, l)
}

func (p *provider) answerTokens(w http.ResponseWriter, l login) {
	scope := l.request.Get("scope")
	answer := map[string]any{"token_type": "Bearer", "expires_in": 300, "scope": scope}
	claims := accessClaims(l.issuer, l.user)
	claims["scope"] = scope
	access, err := p.sign(&draft{claims: claims, header: Header{"alg": "RS256", "typ": "at+jwt"}, issuer: l.issuer}, nil)
	answer["access_token"] = access
	if err == nil && slices.Contains(strings.Fields(scope), "openid") {
		answer["id_token"], err = p.idToken(l, "")
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	answerJSON(w, http.StatusOK, answer)
}

// proves says whether a verifier answers the login's challenge; a login without one needs none.
func proves(request url.Values, verifier string) bool {
	challenge := request.Get("code_challenge")
	if challenge == "" {
		return verifier == ""
	}
	if request.Get("code_challenge_method") == "plain" {
		return verifier == challenge
	}
	sum := sha256.Sum256([]byte(verifier))
	return base64.RawURLEncoding.EncodeToString(sum[:]) == challenge
}
