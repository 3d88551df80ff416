package iamtest

import (
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"
)

func (s *Server) getConfig(r *http.Request) result { // iam_13_0209
	p := s.idps[r.PathValue("idp")]
	if p == nil || p.config == nil {
		return s.refuse(r, http.StatusNotFound)
	}
	return result{status: 200, body: object{"openid_connect_config": p.config}}
}

func (s *Server) postConfig(r *http.Request) result { // iam_13_0207
	p := s.idps[r.PathValue("idp")]
	o, ok := member(r, "openid_connect_config")
	switch {
	case p == nil:
		return s.refuse(r, http.StatusNotFound)
	case !ok || !configHolds(o):
		return s.refuse(r, http.StatusBadRequest)
	case p.config != nil:
		return s.refuse(r, http.StatusConflict)
	}
	p.config = o
	return result{status: http.StatusCreated, body: object{"openid_connect_config": o}}
}

// putConfig is iam_13_0208: no field is mandatory, so that what is not given stays; the
// whole then has to hold as a new one has.
func (s *Server) putConfig(r *http.Request) result {
	p := s.idps[r.PathValue("idp")]
	o, ok := member(r, "openid_connect_config")
	if p == nil || p.config == nil {
		return s.refuse(r, http.StatusNotFound)
	}
	whole := object{}
	for _, fields := range []object{p.config, o} {
		for name, value := range fields {
			whole[name] = value
		}
	}
	if !ok || !configHolds(whole) {
		return s.refuse(r, http.StatusBadRequest)
	}
	p.config = whole
	return result{status: 200, body: object{"openid_connect_config": whole}}
}

// configHolds is table CreateOpenIDConnectConfig of iam_13_0207.
func configHolds(o object) bool {
	if !only(o, "access_mode", "idp_url", "client_id", "authorization_endpoint", "scope", "response_type", "response_mode", "signing_key") {
		return false
	}
	always := o["access_mode"] == "program" || o["access_mode"] == "program_console"
	return always && long(o["idp_url"], 10, 255) && long(o["client_id"], 5, 255) && long(o["signing_key"], 10, 30000) &&
		(o["access_mode"] == "program" || consoleHolds(o))
}

// consoleHolds: what is required for program_console alone.
func consoleHolds(o object) bool {
	return long(o["authorization_endpoint"], 10, 255) && o["response_type"] == "id_token" &&
		(o["response_mode"] == "fragment" || o["response_mode"] == "form_post") && scopeHolds(o["scope"])
}

// scopeHolds: 1 to 10 of openid, email and profile, openid among them.
func scopeHolds(value any) bool {
	text, _ := value.(string)
	words := strings.Split(text, " ")
	for _, word := range words {
		if word != "openid" && word != "email" && word != "profile" {
			return false
		}
	}
	return len(words) <= 10 && slices.Contains(words, "openid")
}

func long(value any, least, most int) bool {
	text, ok := value.(string)
	n := utf8.RuneCountInString(text)
	return ok && n >= least && n <= most
}
