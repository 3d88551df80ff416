package oidc

import (
	_ "embed"
	"net/http"
	"net/url"

	"github.com/fedstone/fedstone/internal/secret"
)

// codeAnswer is what the browser brought back: a code or a refusal.
type codeAnswer struct {
	code secret.Value
	err  error
}

//go:embed code_done.html
var donePage []byte

//go:embed code_failed.html
var failedPage []byte

// callback takes the first right answer. Anything else that a browser or another
// page asks for (a favicon, an answer to another login, a host name that was
// made to point here) is refused and leaves the login as it is.
func (f *codeFlow) callback(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.Host != f.listener.Addr().String() || r.URL.Path != callbackPath:
		http.NotFound(w, r)
	case r.Method != http.MethodGet:
		http.Error(w, "GET alone", http.StatusMethodNotAllowed)
	default:
		f.take(w, r.URL.Query())
	}
}

func (f *codeFlow) take(w http.ResponseWriter, query url.Values) {
	answer, ours := f.answer(query)
	if !ours {
		select {
		case f.strange <- struct{}{}:
		default:
		}
		http.Error(w, "This is the answer to another login. Use the URL that fedstone shows.", http.StatusBadRequest)
		return
	}
	select {
	case f.answers <- answer:
	default: // a reload: the login has its answer
	}
	if answer.err != nil {
		page(w, http.StatusOK, failedPage)
		return
	}
	page(w, http.StatusOK, donePage)
}

// answer reads the parameters of RFC 6749 sections 4.1.2 and 4.1.2.1 and of RFC
// 9207; none of them may stand twice. ours is false for an answer to another login.
func (f *codeFlow) answer(query url.Values) (answer codeAnswer, ours bool) {
	if state := query["state"]; len(state) != 1 || state[0] != f.state.Reveal() {
		return codeAnswer{}, false
	}
	at := f.doc.AuthorizationEndpoint
	for _, name := range []string{"code", "error", "error_description", "iss"} {
		if len(query[name]) > 1 {
			return codeAnswer{err: malformed(at, "the answer has "+name+" twice", "once (RFC 6749 section 3.1)")}, true
		}
	}
	if err := f.checkIssuer(query); err != nil {
		return codeAnswer{err: err}, true
	}
	switch {
	case query.Has("error"):
		return codeAnswer{err: refusal{grant: grantCode, code: query.Get("error"), description: query.Get("error_description")}.at(at)}, true
	case query.Get("code") == "":
		return codeAnswer{err: malformed(at, "the answer has neither code nor error", "a code (RFC 6749 section 4.1.2)")}, true
	default:
		return codeAnswer{code: secret.New(query.Get("code"))}, true
	}
}

// checkIssuer holds the answer's iss against the issuer, byte for byte; one that
// was promised has to be there (RFC 9207 section 2.4).
func (f *codeFlow) checkIssuer(query url.Values) error {
	if got := query.Get("iss"); got != f.doc.Issuer && (query.Has("iss") || f.doc.NamesIssuer) {
		return &Error{Kind: IssuerMismatch, At: f.doc.AuthorizationEndpoint, Got: "the answer's iss is " + Excerpt(got, 200), Want: f.doc.Issuer,
			Mend: "another provider answered in this one's stead: do not log in there"}
	}
	return nil
}

// page writes a page that loads nothing, is kept nowhere and tells nobody where
// it was: its address holds the code.
func page(w http.ResponseWriter, status int, text []byte) {
	for name, v := range map[string]string{
		"Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store", "Referrer-Policy": "no-referrer",
		"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'", "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY",
	} {
		w.Header().Set(name, v)
	}
	w.WriteHeader(status)
	_, _ = w.Write(text)
}
