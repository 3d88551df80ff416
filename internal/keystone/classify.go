package keystone

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
)

// AnsweredBy names the layer that made an answer, with the words of the command
// line's contract.
type AnsweredBy string

// The layers between a client and a token.
const (
	ByIDP     AnsweredBy = "idp"
	ByProxy   AnsweredBy = "proxy"
	ByHTTPD   AnsweredBy = "httpd"
	ByOpenIDC AnsweredBy = "mod_auth_openidc"
	ByOAuth2  AnsweredBy = "mod_oauth2"
	ByMellon  AnsweredBy = "mod_auth_mellon"
	ByShib    AnsweredBy = "mod_shib"
	ByItself  AnsweredBy = "keystone"
	ByNobody  AnsweredBy = "none"
)

// Classify tells by its signs who made an answer that came from Keystone's
// address. Modules of httpd are told before httpd itself, since they use its
// error pages; what has no sign of any of them comes from a proxy in front.
func Classify(a Answer) AnsweredBy {
	for _, s := range signs() {
		if s.shows(a) {
			return s.by
		}
	}
	return ByProxy
}

type sign struct {
	by    AnsweredBy
	shows func(Answer) bool
}

// signs lists the marks of each layer, the surest first: Keystone's own headers
// and error shapes (keystone/exception.py, werkzeug's pages), the Bearer
// challenges and cookies of the modules, httpd's error page.
func signs() []sign {
	return []sign{
		{ByNobody, func(a Answer) bool { return a.Status == 0 }},
		{ByItself, keystoneHeaders},
		{ByItself, keystoneBody},
		{ByOAuth2, oauth2Challenge},
		{ByOpenIDC, func(a Answer) bool { return challenge(a, "bearer") != "" }},
		{ByOpenIDC, openidcRedirect},
		{ByOpenIDC, openidcPage},
		{ByMellon, mellon},
		{ByShib, shibboleth},
		{ByHTTPD, httpdPage},
	}
}

func keystoneHeaders(a Answer) bool {
	h := a.Header
	return h.Get("X-Subject-Token") != "" || h.Get("X-Openstack-Request-Id") != "" || challenge(a, "keystone") != "" ||
		strings.EqualFold(h.Get("Vary"), "X-Auth-Token")
}

func keystoneBody(a Answer) bool {
	if strings.HasPrefix(string(a.Body), "<!doctype html>\n<html lang=en>") {
		return true // werkzeug's own 404 and 308
	}
	var body struct {
		Error   *struct{ Code int }
		Message string
		Code    string `json:"error_code"` // the IAM services that speak Keystone's API
	}
	if json.Unmarshal(a.Body, &body) != nil {
		return false
	}
	return body.Error != nil && body.Error.Code != 0 || body.Code != "" || strings.HasPrefix(body.Message, "The method is not allowed")
}

// challenge gives the WWW-Authenticate value of a scheme, or "".
func challenge(a Answer, scheme string) string {
	for _, v := range a.Header.Values("Www-Authenticate") {
		word, _, _ := strings.Cut(v, " ")
		if strings.EqualFold(word, scheme) {
			return v
		}
	}
	return ""
}

// oauth2Challenge: the two modules' challenges differ in the final period alone.
func oauth2Challenge(a Answer) bool {
	return strings.Contains(challenge(a, "bearer"), `Token could not be verified."`)
}

func openidcRedirect(a Answer) bool {
	for _, c := range a.Header.Values("Set-Cookie") {
		if strings.HasPrefix(c, "mod_auth_openidc_") {
			return true
		}
	}
	location := a.Header.Get("Location")
	names := func(words ...string) bool {
		return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(location, w) })
	}
	return a.Status >= 300 && a.Status < 400 && (names("redirect_uri=", "state=") || names("target_link_uri=", "oidc_callback="))
}

// openidcPage: the list of providers; and the empty 200 that the module's handler
// gives where the redirect URI is the path itself.
func openidcPage(a Answer) bool {
	return strings.Contains(string(a.Body), "OpenID Connect Provider Discovery") ||
		a.Status == http.StatusOK && len(a.Body) == 0 && a.Header.Get("Content-Type") == ""
}

// httpdPage: httpd's error pages name one of two document types, by its version
// (modules/http/http_protocol.c); nothing else here writes one in this way.
func httpdPage(a Answer) bool {
	return strings.HasPrefix(string(a.Body), "<!DOCTYPE HTML PUBLIC \"-//") ||
		a.html() && strings.HasPrefix(a.Header.Get("Server"), "Apache")
}
