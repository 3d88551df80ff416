package samltest

import (
	"crypto/rand"
	"encoding/xml"
	"io"
	"net/http"
	"strings"
	"sync"
)

// SP answers as mod_auth_mellon 0.18.1 does for one path, and hands whoever has a
// session to Inside. It believes every assertion that has come for its own request:
// what a real one refuses is tested there.
type SP struct {
	EntityID string
	Path     string // what is protected
	Consumer string // where answers are to go, in full; its path is Endpoints/paosResponse
	Inside   http.Handler

	// Each of these answers in the place of one step; nil: as it should be.
	Ask, Consume, Enter http.HandlerFunc
	Envelope            string // is answered in place of its own; "": its own is

	mu       sync.Mutex
	sessions map[string]bool
	took     string
}

// Endpoints is the path below which a service provider's own addresses are.
const Endpoints = "/v3/OS-FEDERATION/saml2/corp"

// Took is what was handed to the consumer last.
func (s *SP) Took() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.took
}

// ServeHTTP serves the protected path and the consumer.
func (s *SP) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	_, err := r.Cookie("mellon-cookie")
	switch {
	case r.URL.Path == Endpoints+"/paosResponse":
		s.take(w, r)
	case err == nil && s.session(r):
		or(s.Enter, s.Inside.ServeHTTP)(w, r)
	case !strings.Contains(r.Header.Get("PAOS"), "urn:liberty:paos:2003-08"):
		http.Redirect(w, r, Endpoints+"/login?ReturnTo=x", http.StatusSeeOther)
	default:
		or(s.Ask, s.ask)(w, r)
	}
}

func or(first, second http.HandlerFunc) http.HandlerFunc {
	if first != nil {
		return first
	}
	return second
}

func (s *SP) ask(w http.ResponseWriter, r *http.Request) {
	if strings.Contains(r.Header.Get("Accept"), ";") {
		http.Error(w, "omitted PAOS media type in Accept header", http.StatusBadRequest)
		return
	}
	w.Header().Set("Content-Type", "application/vnd.paos+xml")
	if s.Envelope != "" {
		_, _ = io.WriteString(w, s.Envelope)
		return
	}
	_, _ = io.WriteString(w, envelope(`<paos:Request xmlns:paos="urn:liberty:paos:2003-08" responseConsumerURL="`+s.Consumer+`" S:mustUnderstand="1"/>`+
		`<ecp:RelayState xmlns:ecp="urn:oasis:names:tc:SAML:2.0:profiles:SSO:ecp">the way back</ecp:RelayState>`,
		`<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="`+newID()+`" Version="2.0" AssertionConsumerServiceURL="`+s.Consumer+
			`"><saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">`+s.EntityID+`</saml:Issuer></samlp:AuthnRequest>`))
}

func (s *SP) take(w http.ResponseWriter, r *http.Request) {
	text, _ := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	s.mu.Lock()
	s.took = string(text)
	s.mu.Unlock()
	or(s.Consume, s.open)(w, r)
}

// open opens a session for an assertion with the relay state of the way back.
func (s *SP) open(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Header struct{ RelayState string }
		Body   struct {
			Response struct {
				Assertion struct {
					ID string `xml:",attr"`
				}
			}
		}
	}
	if xml.Unmarshal([]byte(s.Took()), &in) != nil || in.Header.RelayState != "the way back" || in.Body.Response.Assertion.ID == "" {
		http.Error(w, "no assertion", http.StatusBadRequest)
		return
	}
	id := rand.Text()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.sessions == nil {
		s.sessions = map[string]bool{}
	}
	s.sessions[id] = true
	w.Header().Set("Set-Cookie", "mellon-cookie="+id+"; Version=1; Path=/; Domain=localhost; HttpOnly; secure")
	http.Redirect(w, r, s.Path, http.StatusSeeOther)
}

func (s *SP) session(r *http.Request) bool {
	c, err := r.Cookie("mellon-cookie")
	s.mu.Lock()
	defer s.mu.Unlock()
	return err == nil && s.sessions[c.Value]
}
